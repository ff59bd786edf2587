package org.headct.ich.pages.element;

/**
 * A chart that a figure shows. Every chart also gives its data as a table, so a screen reader can
 * read it.
 */
public sealed interface Chart permits Bars, Lines, HeatMap {
  /** Returns the plotted numbers; the CSV holds them unrounded. */
  DataTable data();

  /** Returns whether there is nothing to plot. The page then shows a sentence instead. */
  boolean isEmpty();
}
