package org.headct.ich.domain.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.headct.ich.domain.label.CsvRecords.CsvRecord;
import org.headct.ich.domain.label.LabelLine.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of the form {@link LabelForm#READS} and makes one {@link ScanLabels} of each scan.
 *
 * <p>{@link RowRules} says which rows can be used, {@link ScanRule} which scans are kept. A row
 * that cannot be used is ignored for its scan. A row that repeats an earlier one of its scan is
 * {@link LabelReason#DUPLICATE_ROW}.
 *
 * <p>Every row stands for {@link WideRow#ROWS} rows: {@code ROWS × rows read = ROWS × scans + the
 * findings' rows}. Findings show a scan's pseudonym and votes, never a name. All scans stay in
 * memory: some kilobytes each, and there are hundreds. Not thread-safe.
 */
public final class ScanReads {
  private final LabelIds ids;
  private final Consumer<LabelFinding> findings;

  /** The first row of each different content, by scan. Repeated rows take no memory. */
  private final Map<String, Map<List<ScanVotes>, ScanRow>> scans = new TreeMap<>();

  /**
   * @param ids replaces a scan's name before anything else sees it
   * @param findings receives each finding once
   */
  public ScanReads(LabelIds ids, Consumer<LabelFinding> findings) {
    this.ids = ids;
    this.findings = findings;
  }

  /**
   * Reads one file to its end.
   *
   * @param text the text behind its header; not closed
   * @param file the index of the file in the run's list of inputs; files come in this order
   * @return the number of rows that were read
   * @throws IOException if the reader fails, never because of the text
   */
  public long read(LabelText text, LabelHeader.Reads header, int file) throws IOException {
    CsvRecords records = new CsvRecords(text, header.columns(), header.used());
    long read = 0;
    for (CsvRecord r = records.next(); r != null; r = records.next()) {
      read++;
      row(r, header, file);
    }
    return read;
  }

  private void row(CsvRecord record, LabelHeader.Reads header, int file) {
    Rejected rejected = RowRules.fields(record, header.columns());
    if (rejected == null) {
      rejected = RowRules.scanName(record.fields().get(header.name()));
    }
    if (rejected != null) {
      report(rejected.reason(), "", file, record.line(), rejected.shown());
      return;
    }
    String scan = ids.scan(record.fields().get(header.name()));
    List<ScanVotes> readers = votes(record, header, scan, file);
    if (readers != null) {
      add(scan, new ScanRow(readers, file, record.line()));
    }
  }

  /** Returns each reader's votes; null if a value was bad and the row is rejected. */
  private @Nullable List<ScanVotes> votes(
      CsvRecord record, LabelHeader.Reads header, String scan, int file) {
    List<ScanVotes> readers = new ArrayList<>();
    for (int r = 0; r < header.readers(); r++) {
      List<Annotation> votes = new ArrayList<>();
      for (ScanFinding finding : ScanFinding.ALL) {
        int column = header.votes().get(r).get(finding.ordinal());
        String value = column < 0 ? "" : record.fields().get(column);
        Annotation vote = RowRules.annotation(value, 0, value.length());
        if (vote == null) {
          Rejected bad = RowRules.badValue(ScanRule.column(r, finding) + ": " + value, ids);
          report(bad.reason(), scan, file, record.line(), bad.shown());
          return null;
        }
        votes.add(vote);
      }
      readers.add(new ScanVotes(votes));
    }
    return readers;
  }

  /** Keeps a row, or adds a finding if it repeats an earlier row of its scan. */
  private void add(String scan, ScanRow row) {
    ScanRow first =
        scans.computeIfAbsent(scan, s -> new LinkedHashMap<>()).putIfAbsent(row.readers(), row);
    if (first != null) {
      String shown = "as in " + first.placeSeenFrom(row);
      report(LabelReason.DUPLICATE_ROW, scan, row.file(), row.line(), shown);
    }
  }

  /** Adds the finding of one row that is dropped. */
  private void report(LabelReason reason, String scan, int file, long line, String shown) {
    findings.accept(new LabelFinding(reason, scan, file, line, WideRow.ROWS, shown));
  }

  /**
   * Ends the reading. The findings receive each scan that breaks a {@link ScanRule}.
   *
   * @return the scans that are kept, by id
   */
  public List<ScanLabels> finish() {
    List<ScanLabels> kept = new ArrayList<>();
    scans.forEach(
        (scan, byContent) -> {
          List<ScanRow> rows = List.copyOf(byContent.values());
          ScanRule.refusal(scan, rows)
              .ifPresentOrElse(
                  findings, () -> kept.add(new ScanLabels(scan, rows.get(0).readers())));
        });
    scans.clear();
    return Collections.unmodifiableList(kept);
  }
}
