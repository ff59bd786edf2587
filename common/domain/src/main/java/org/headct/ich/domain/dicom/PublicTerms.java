package org.headct.ich.domain.dicom;

import java.util.Set;

/**
 * What of a header's text may stand in a table or a message. Attributes are free text to whoever
 * writes them by hand or by mistake, so only terms of the standard's closed lists come through, and
 * what equipment calls itself, at no more than the length that the standard allows it.
 */
public final class PublicTerms {
  /** PS3.3 section C.7.3.1.1.1, and those retired that files still have. */
  private static final Set<String> MODALITIES =
      Set.of(
          "CR",
          "CT",
          "DOC",
          "DX",
          "ECG",
          "ES",
          "IO",
          "KO",
          "MG",
          "MR",
          "NM",
          "OT",
          "PR",
          "PT",
          "PX",
          "REG",
          "RF",
          "RTDOSE",
          "RTIMAGE",
          "RTPLAN",
          "RTSTRUCT",
          "RWV",
          "SC",
          "SEG",
          "SM",
          "SR",
          "ST",
          "US",
          "XA",
          "XC");

  /** PS3.3 section C.7.6.3.1.2. */
  private static final Set<String> PHOTOMETRIC_INTERPRETATIONS =
      Set.of(
          "",
          "MONOCHROME1",
          "MONOCHROME2",
          "PALETTE COLOR",
          "RGB",
          "YBR_FULL",
          "YBR_FULL_422",
          "YBR_PARTIAL_420",
          "YBR_ICT",
          "YBR_RCT");

  /** VR LO (PS3.5 section 6.2), that of manufacturer and model. */
  private static final int LONG_STRING = 64;

  /** VR SH, that of ImplementationVersionName. */
  private static final int SHORT_STRING = 16;

  private PublicTerms() {}

  /** The modality, {@code none} where blank, {@code unknown} where the standard has no such one. */
  public static String modality(String modality) {
    if (modality.isEmpty()) {
      return "none";
    }
    return MODALITIES.contains(modality) ? modality : "unknown";
  }

  /**
   * A UID under DICOM's own root, which only the standard gives; {@code private} for others, whose
   * digits may be a person's number or day of birth.
   */
  public static String uid(String uid) {
    if (uid.isEmpty()) {
      return "none";
    }
    return uid.matches("1\\.2\\.840\\.10008\\.[0-9.]{1,46}") ? uid : "private";
  }

  /** The photometric interpretation, {@code OTHER} where the standard has no such one. */
  public static String photometricInterpretation(String term) {
    return PHOTOMETRIC_INTERPRETATIONS.contains(term) ? term : "OTHER";
  }

  /** Manufacturer and model. */
  public static String scanner(DicomHeader header) {
    return (equipment(header.manufacturer(), LONG_STRING)
            + " "
            + equipment(header.model(), LONG_STRING))
        .strip();
  }

  /** The program that wrote the file. */
  public static String implementation(DicomHeader header) {
    return equipment(header.implementation(), SHORT_STRING);
  }

  private static String equipment(String name, int most) {
    return name.substring(0, Math.min(name.length(), most)).strip();
  }
}
