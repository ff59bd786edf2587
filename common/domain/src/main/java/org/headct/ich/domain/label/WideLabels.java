package org.headct.ich.domain.label;

import java.io.IOException;
import org.headct.ich.domain.label.CsvRecords.CsvRecord;
import org.headct.ich.domain.label.LabelLine.Rejected;

/**
 * Reads the rows of a label file of the wide form ({@link LabelForm#WIDE}), streaming and in
 * bounded memory.
 *
 * <p>Rows are RFC 4180: a quoted field may hold commas and line breaks. {@link RowRules} says which
 * rows can be used. One bad value rejects the whole row. Broken quotes cost only the line where the
 * row starts ({@link CsvRecords}). A finding never shows text of a column that is ignored.
 */
public final class WideLabels {
  private WideLabels() {}

  /**
   * Reads to the end of the text.
   *
   * @param text the text behind its header; not closed
   * @return the number of rows that were read: each went to the sink once, and each stands for
   *     {@link WideRow#ROWS} label rows
   * @throws IOException if the reader fails, never because of the text
   */
  public static long read(LabelText text, LabelHeader.Wide header, LabelIds ids, WideRowSink sink)
      throws IOException {
    CsvRecords records = new CsvRecords(text, header.columns(), header.used());
    long read = 0;
    for (CsvRecord r = records.next(); r != null; r = records.next()) {
      read++;
      row(r, header, ids, sink);
    }
    return read;
  }

  private static void row(
      CsvRecord record, LabelHeader.Wide header, LabelIds ids, WideRowSink sink) {
    Rejected rejected = RowRules.fields(record, header.columns());
    if (rejected != null) {
      sink.rejected(rejected, record.line());
      return;
    }
    String written = record.fields().get(header.id());
    String id = ids.image(written);
    if (id == null) {
      sink.rejected(RowRules.noImage(written, ids), record.line());
      return;
    }
    int annotations = 0;
    for (Subtype subtype : Subtype.ALL) {
      String value = record.fields().get(header.column(subtype));
      Annotation annotation = RowRules.annotation(value, 0, value.length());
      if (annotation == null) {
        sink.rejected(RowRules.badValue(subtype.column() + ": " + value, ids), record.line());
        return;
      }
      annotations |= WideRow.bits(subtype, annotation);
    }
    sink.row(new WideRow(id, annotations), record.line());
  }
}
