package org.headct.ich.domain.label;

import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import org.headct.ich.domain.label.CsvRecords.CsvRecord;
import org.headct.ich.domain.label.LabelLine.Rejected;

/**
 * Reads the rows of a label file of the wide form ({@link LabelForm#WIDE}), streaming and in
 * bounded memory.
 *
 * <p>Rows are RFC 4180: a quoted field may hold commas and line breaks. Ids and values follow the
 * rules of {@link LabelLine}; a trailing {@code .dcm}, {@code .png}, {@code .jpg} or {@code .jpeg}
 * is no part of an id. A row with another number of fields than the header, an id that is none, or
 * quotes that are not balanced (or not within 65,536 characters) is {@link
 * LabelReason#MALFORMED_ROW}; of broken quotes only the line where the row starts is lost. A class
 * that is neither 0, 1 nor blank makes the whole row {@link LabelReason#BAD_VALUE}. Blank lines are
 * no rows but count as lines. What findings show is never taken from columns that are ignored.
 */
public final class WideLabels {
  private static final int SHOWN_CHARACTERS = 40;
  private static final String[] EXTENSIONS = {".dcm", ".png", ".jpg", ".jpeg"};

  private WideLabels() {}

  /**
   * Reads to the end of the text.
   *
   * @param rows what comes after the header's line; read in blocks, not closed
   * @return how many rows were read: each went to the sink once, and each stands for {@link
   *     WideRow#ROWS} label rows
   * @throws IOException as the reader does, never for what the text holds
   */
  public static long read(Reader rows, LabelHeader.Wide header, WideRowSink sink)
      throws IOException {
    CsvRecords records = new CsvRecords(rows, 2, header.columns(), header.used());
    long read = 0;
    for (CsvRecord r = records.next(); r != null; r = records.next()) {
      read++;
      row(r, header, sink);
    }
    return read;
  }

  private static void row(CsvRecord record, LabelHeader.Wide header, WideRowSink sink) {
    if (record.broken() || record.fields().size() != header.columns()) {
      sink.rejected(
          new Rejected(LabelReason.MALFORMED_ROW, defect(record, header.columns())), record.line());
      return;
    }
    String id = withoutExtension(record.fields().get(header.id()));
    if (!LabelLineParser.isImageId(id, 0, id.length())) {
      String shown = LabelLineParser.shown(id, SHOWN_CHARACTERS);
      sink.rejected(
          new Rejected(LabelReason.MALFORMED_ROW, shown.isEmpty() ? "no id" : shown),
          record.line());
      return;
    }
    int annotations = 0;
    for (Subtype subtype : Subtype.ALL) {
      String value = record.fields().get(header.column(subtype));
      Annotation annotation = LabelLineParser.annotation(value, 0, value.length());
      if (annotation == null) {
        String shown = LabelLineParser.shown(subtype.column() + ": " + value, SHOWN_CHARACTERS);
        sink.rejected(new Rejected(LabelReason.BAD_VALUE, shown), record.line());
        return;
      }
      annotations |= WideRow.bits(subtype, annotation);
    }
    sink.row(new WideRow(id, annotations), record.line());
  }

  /** What is wrong with a record as such. */
  static String defect(CsvRecord record, int columns) {
    return record.broken()
        ? "quotes or length of the row"
        : "%d fields instead of %d".formatted(record.fields().size(), columns);
  }

  private static String withoutExtension(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    for (String extension : EXTENSIONS) {
      if (lower.endsWith(extension)) {
        return id.substring(0, id.length() - extension.length());
      }
    }
    return id;
  }
}
