package org.headct.ich.domain.label;

import java.io.IOException;
import org.headct.ich.domain.label.CsvRecords.CsvRecord;
import org.headct.ich.domain.label.LabelHeader.LongForm;
import org.headct.ich.domain.label.LabelLine.Accepted;
import org.headct.ich.domain.label.LabelLine.Rejected;

/**
 * Reads the rows of a label file of the long form ({@link LabelForm#LONG}) that has more columns
 * than two, or another layout than {@link LabelText.Layout#PLAIN}. {@code packed.LongFormReader}
 * reads all other files of this form, much faster.
 */
public final class LongLabels {
  private LongLabels() {}

  /** A receiver of the rows, in the order of their lines. */
  public interface Sink {
    /** Receives a row that can be used. */
    void row(Accepted row, long line);

    /** Receives a row that cannot be used. */
    void rejected(Rejected rejected, long line);
  }

  /**
   * Reads to the end of the text.
   *
   * @param text the text behind its header; not closed
   * @return the number of rows that were read: each went to the sink once
   * @throws IOException if the reader fails, never because of the text
   */
  public static long read(LabelText text, LongForm header, LabelIds ids, Sink sink)
      throws IOException {
    CsvRecords records = new CsvRecords(text, header.columns(), header.used());
    long read = 0;
    for (CsvRecord r = records.next(); r != null; r = records.next()) {
      read++;
      LabelLine line = line(r, header, ids);
      if (line instanceof Accepted row) {
        sink.row(row, r.line());
      } else if (line instanceof Rejected rejected) {
        sink.rejected(rejected, r.line());
      }
    }
    return read;
  }

  private static LabelLine line(CsvRecord record, LongForm header, LabelIds ids) {
    Rejected rejected = RowRules.fields(record, header.columns());
    if (rejected != null) {
      return rejected;
    }
    return LabelLineParser.of(
        record.fields().get(header.id()), record.fields().get(header.label()), ids);
  }
}
