package org.headct.ich.domain.sample;

/**
 * The unit that a split never divides. Only {@link #PATIENT} measures how a model works on unseen
 * people. The other units show how much a leak improves the figures.
 */
public enum SplitUnit {
  /** All images of a patient, or with {@link Groups} of patients who share an image. */
  PATIENT,
  /** All images of a series; a patient's series may be on both sides. */
  SERIES,
  /** Each image by itself; neighbours in a series may be on both sides. */
  SLICE
}
