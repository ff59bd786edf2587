package org.headct.ich.pages;

/** Whose heads the slices are of; stated on every page. */
public enum DataOrigin {
  PATIENTS("The slices are of real patients, under pseudonymous ids."),
  PHANTOMS(
      "The slices are synthetic phantoms made by make-phantoms, not patients: the figures show that"
          + " the pipeline works and say nothing about how well it detects haemorrhage."),
  MIXED("The slices are partly of real patients and partly synthetic phantoms.");

  /** Stands on every page. */
  static final String NOT_FOR_CLINICAL_USE =
      "Not for clinical use. This is a research result; it must not guide the diagnosis or the"
          + " treatment of anyone.";

  private final String sentence;

  DataOrigin(String sentence) {
    this.sentence = sentence;
  }

  /**
   * By how many slices are of which kind; without any, it says patients, which is the safe side.
   */
  public static DataOrigin of(long phantoms, long others) {
    if (phantoms == 0) {
      return PATIENTS;
    }
    return others == 0 ? PHANTOMS : MIXED;
  }

  /** What a reader must know of them. */
  public String sentence() {
    return sentence;
  }
}
