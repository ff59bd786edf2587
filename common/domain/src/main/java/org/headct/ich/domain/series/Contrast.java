package org.headct.ich.domain.series;

import java.util.Locale;
import java.util.regex.Pattern;
import org.headct.ich.domain.dicom.DicomHeader;

/** The contrast agent of a series. It is as bright as fresh blood, so blood is read without it. */
public enum Contrast {
  /** A series that says that it has no contrast agent. */
  WITHOUT,
  /** A series with contrast agent. */
  WITH,
  /** A series that says nothing, or both. */
  UNKNOWN;

  private static final Pattern NONE =
      Pattern.compile("|0|N|NO|NONE|NIL|NO CONTRAST|NON CONTRAST|WITHOUT CONTRAST|UNENHANCED");

  /** Terms for no agent. They are taken out before the others are sought. */
  private static final Pattern ABSENT =
      Pattern.compile(
          "\\b(W/?O|WITHOUT|NON?|SANS|OHNE|PRE)[ -]*(IV[ -]*)?(CONTRAST|ENHANCED|CON|CE|KM|C)?\\b"
              + "|\\b(PLAIN|NCCT|NECT|UNENHANCED|NATIVE?|NONCONTRAST|PRECONTRAST)\\b|(?<![^ ])-C\\b");

  // "Post" by itself may go on as "post fossa" or "post op".
  private static final Pattern PRESENT =
      Pattern.compile(
          "\\b(CONTRAST|POSTCONTRAST|POST ?$|CECT|CE|CTA|CTV|ANGIO|ANGIOGRAPHY|ARTERIAL|VENOUS|KM"
              + "|ENHANCED|PERFUSION|CTP|BOLUS|[0-9]+ ?CC ?/? ?SEC)\\b|\\+ ?C\\b|\\bC\\+");

  /** Protocols that cover both: "W/WO CONTRAST", "WITH AND WITHOUT". */
  private static final Pattern BOTH =
      Pattern.compile(
          "\\bW ?(/|&|\\+|AND) ?W/?O\\b|\\bWITH ?(/|&|\\+|AND|OR) ?WITHOUT\\b"
              + "|\\bWITHOUT ?(/|&|\\+|AND|OR) ?WITH\\b|\\bPRE ?(/|&|\\+|AND) ?POST\\b");

  /**
   * Returns what a header says, or else what its series' name says. ContrastBolusAgent is kept for
   * a whole study by some scanners, so a description of the series may contradict it.
   */
  public static Contrast of(DicomHeader header, String folder) {
    Contrast described = ofDescription(header.acquisition().seriesDescription());
    if (described == UNKNOWN) {
      described = ofDescription(folder);
    }
    String agent = header.acquisition().contrastAgent().toUpperCase(Locale.ROOT).strip();
    if (NONE.matcher(agent).matches()) {
      return described == UNKNOWN && !agent.isEmpty() ? WITHOUT : described;
    }
    return described == WITHOUT ? UNKNOWN : WITH;
  }

  /** Returns what a description says; unknown if it says both or nothing. */
  static Contrast ofDescription(String description) {
    String text = description.toUpperCase(Locale.ROOT).replace('_', ' ');
    if (BOTH.matcher(text).find()) {
      return UNKNOWN;
    }
    String rest = ABSENT.matcher(text).replaceAll(" ");
    boolean absent = !rest.equals(text);
    boolean present = PRESENT.matcher(rest).find();
    return absent == present ? UNKNOWN : present ? WITH : WITHOUT;
  }
}
