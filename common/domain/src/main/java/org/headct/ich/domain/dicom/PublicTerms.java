package org.headct.ich.domain.dicom;

import java.util.Set;

/**
 * Header text that may appear in a table or a message. Attributes are free text, and anybody may
 * type personal data into them. So only terms of the standard's closed lists pass, and the names of
 * equipment, cut to the length that the standard allows.
 */
public final class PublicTerms {
  /** Modalities of PS3.3 section C.7.3.1.1.1, with retired ones that files still use. */
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

  /** Photometric interpretations of PS3.3 section C.7.6.3.1.2. */
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

  /** The length of VR LO (PS3.5 section 6.2), which manufacturer and model have. */
  private static final int LONG_STRING = 64;

  /** The length of VR SH, which ImplementationVersionName has. */
  private static final int SHORT_STRING = 16;

  private PublicTerms() {}

  /**
   * Returns the modality, {@code none} if blank, or {@code unknown} if the standard does not list
   * it.
   */
  public static String modality(String modality) {
    if (modality.isEmpty()) {
      return "none";
    }
    return MODALITIES.contains(modality) ? modality : "unknown";
  }

  /**
   * Returns a UID under DICOM's own root, which only the standard assigns; {@code none} if blank.
   * Other UIDs become {@code private}, because their digits may be a person's number or date of
   * birth.
   */
  public static String uid(String uid) {
    if (uid.isEmpty()) {
      return "none";
    }
    return uid.matches("1\\.2\\.840\\.10008\\.[0-9.]{1,46}") ? uid : "private";
  }

  /** Returns the photometric interpretation, or {@code OTHER} if the standard does not list it. */
  public static String photometricInterpretation(String term) {
    return PHOTOMETRIC_INTERPRETATIONS.contains(term) ? term : "OTHER";
  }

  /** Returns manufacturer and model. */
  public static String scanner(DicomHeader header) {
    return (equipment(header.manufacturer(), LONG_STRING)
            + " "
            + equipment(header.model(), LONG_STRING))
        .strip();
  }

  /** Returns the name of the program that wrote the file. */
  public static String implementation(DicomHeader header) {
    return equipment(header.implementation(), SHORT_STRING);
  }

  private static String equipment(String name, int most) {
    return name.substring(0, Math.min(name.length(), most)).strip();
  }
}
