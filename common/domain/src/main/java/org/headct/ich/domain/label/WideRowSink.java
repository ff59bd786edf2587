package org.headct.ich.domain.label;

import org.headct.ich.domain.label.LabelLine.Rejected;

/** A receiver of the rows of a file of the wide form, in the order of their lines. */
public interface WideRowSink {
  /**
   * Receives a row that can be used.
   *
   * @param line the line where the row starts; the header is line 1
   */
  void row(WideRow row, long line);

  /**
   * Receives a row that cannot be used; it accounts for {@link WideRow#ROWS} rows.
   *
   * @param line the line where the row starts
   */
  void rejected(Rejected rejected, long line);
}
