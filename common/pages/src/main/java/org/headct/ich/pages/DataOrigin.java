package org.headct.ich.pages;

/** The origin of the slices: patients, phantoms or both. Every page states it. */
public enum DataOrigin {
  PATIENTS("The slices are of real patients, under pseudonymous ids."),
  PHANTOMS(
      "The slices are synthetic phantoms made by make-phantoms, not patients: the figures show that"
          + " the pipeline works and say nothing about how well it detects haemorrhage."),
  MIXED("The slices are partly of real patients and partly synthetic phantoms.");

  /** The notice at the top of every page. */
  static final String NOT_FOR_CLINICAL_USE =
      "Not for clinical use. This is a research result; it must not guide the diagnosis or the"
          + " treatment of anyone.";

  private final String sentence;

  DataOrigin(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Returns the origin by the numbers of phantom slices and other slices. Without any slices it is
   * {@link #PATIENTS}, the safe choice.
   */
  public static DataOrigin of(long phantoms, long others) {
    if (phantoms == 0) {
      return PATIENTS;
    }
    return others == 0 ? PHANTOMS : MIXED;
  }

  /** Returns the sentence about the slices that a page shows. */
  public String sentence() {
    return sentence;
  }
}
