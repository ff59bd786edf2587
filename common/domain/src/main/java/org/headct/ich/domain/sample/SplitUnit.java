package org.headct.ich.domain.sample;

/**
 * What is never divided by a split. Only {@link #PATIENT} measures how a model does on people it
 * has not seen; the others are there to show how much a leak flatters.
 */
public enum SplitUnit {
  /** All images of a patient (with {@link Groups}, of patients that share an image). */
  PATIENT,
  /** All images of a series; a patient's series may fall on both sides. */
  SERIES,
  /** Each image by itself; neighbours in a series fall on both sides. */
  SLICE
}
