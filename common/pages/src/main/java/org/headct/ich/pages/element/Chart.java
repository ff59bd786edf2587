package org.headct.ich.pages.element;

/**
 * What a figure plots. Every chart can say its data as a table, which is how it is read without
 * eyes.
 */
public sealed interface Chart permits Bars, Lines, HeatMap {
  /** The plotted numbers, unrounded in the CSV. */
  DataTable data();

  /** Whether there is nothing to plot; the page then says so in words. */
  boolean isEmpty();
}
