package org.headct.ich.domain.label;

import org.headct.ich.domain.label.LabelLine.Rejected;

/** Receives the rows of a file of the wide form in the order of their lines. */
public interface WideRowSink {
  /**
   * A row that can be used.
   *
   * @param line where the row starts, the header being line 1
   */
  void row(WideRow row, long line);

  /**
   * A row that can't be; it accounts for {@link WideRow#ROWS} rows.
   *
   * @param line where the row starts
   */
  void rejected(Rejected rejected, long line);
}
