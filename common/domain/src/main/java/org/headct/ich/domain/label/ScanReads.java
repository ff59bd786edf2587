package org.headct.ich.domain.label;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.headct.ich.domain.label.CsvRecords.CsvRecord;

/**
 * From the reads of one or more files of the form {@link LabelForm#READS} to one {@link ScanLabels}
 * a scan.
 *
 * <p>A row with another number of fields than its header, broken quotes or no name is {@link
 * LabelReason#MALFORMED_ROW}, one with a vote that is neither 0, 1 nor blank {@link
 * LabelReason#BAD_VALUE}: it is as if it weren't there. A scan's row that repeats an earlier one is
 * {@link LabelReason#DUPLICATE_ROW}. A scan is not kept, and has one finding for its other rows, if
 * two of them differ ({@link LabelReason#CONFLICTING_LABEL}); if one of the six haemorrhage
 * findings has no majority among the votes given, by a tie or for want of votes ({@link
 * LabelReason#UNANNOTATED}); or if most see a subtype but not most see any haemorrhage ({@link
 * LabelReason#ANY_MISMATCH}). A majority for any without one for a subtype is sound: three readers
 * may see three subtypes. The other eight findings may lack a majority.
 *
 * <p>Every row stands for {@link WideRow#ROWS} rows: {@code ROWS × rows read = ROWS × scans + the
 * findings' rows}. What findings show is a scan's pseudonym and votes, never a name. Holds every
 * scan in memory: some kilobytes each, and there are hundreds. Not thread-safe.
 */
public final class ScanReads {
  private static final int SHOWN_CHARACTERS = 40;
  private static final int SHOWN_FINDINGS = 8;

  private final UnaryOperator<String> pseudonym;
  private final Consumer<LabelFinding> findings;

  /** By scan, the first row of each different content; repetitions don't fill the memory. */
  private final Map<String, Map<List<ScanVotes>, Place>> scans = new TreeMap<>();

  /** Where a row stands. */
  private record Place(int file, long line) {
    String from(int file) {
      return "line " + line + (file == this.file ? "" : " of an earlier file");
    }
  }

  /**
   * @param pseudonym what becomes of a scan's name before anything else sees it
   * @param findings receives each finding once
   */
  public ScanReads(UnaryOperator<String> pseudonym, Consumer<LabelFinding> findings) {
    this.pseudonym = pseudonym;
    this.findings = findings;
  }

  /**
   * Reads one file to its end.
   *
   * @param rows what comes after the header's line; read in blocks, not closed
   * @param file the index of the file in the run's list of inputs; files come in this order
   * @return how many rows were read
   * @throws IOException as the reader does, never for what the text holds
   */
  public long read(Reader rows, LabelHeader.Reads header, int file) throws IOException {
    CsvRecords records = new CsvRecords(rows, 2, header.columns(), header.used());
    long read = 0;
    for (CsvRecord r = records.next(); r != null; r = records.next()) {
      read++;
      row(r, header, file);
    }
    return read;
  }

  private void row(CsvRecord record, LabelHeader.Reads header, int file) {
    if (record.broken() || record.fields().size() != header.columns()) {
      String shown = WideLabels.defect(record, header.columns());
      findings.accept(finding(LabelReason.MALFORMED_ROW, "", file, record.line(), 1, shown));
      return;
    }
    String name = record.fields().get(header.name());
    if (name.isEmpty()) {
      findings.accept(finding(LabelReason.MALFORMED_ROW, "", file, record.line(), 1, "no name"));
      return;
    }
    String scan = pseudonym.apply(name);
    List<ScanVotes> readers = new ArrayList<>();
    for (int r = 0; r < header.readers(); r++) {
      List<Annotation> votes = new ArrayList<>();
      for (ScanFinding finding : ScanFinding.ALL) {
        int column = header.votes().get(r).get(finding.ordinal());
        String value = column < 0 ? "" : record.fields().get(column);
        Annotation vote = LabelLineParser.annotation(value, 0, value.length());
        if (vote == null) {
          String shown = LabelLineParser.shown(vote(r, finding) + ": " + value, SHOWN_CHARACTERS);
          findings.accept(finding(LabelReason.BAD_VALUE, scan, file, record.line(), 1, shown));
          return;
        }
        votes.add(vote);
      }
      readers.add(new ScanVotes(votes));
    }
    Place first =
        scans
            .computeIfAbsent(scan, s -> new LinkedHashMap<>())
            .putIfAbsent(List.copyOf(readers), new Place(file, record.line()));
    if (first != null) {
      String shown = "as in " + first.from(file);
      findings.accept(finding(LabelReason.DUPLICATE_ROW, scan, file, record.line(), 1, shown));
    }
  }

  /**
   * Ends the reading: what concerns several rows or the majority goes to the findings.
   *
   * @return the scans that are kept, by id
   */
  public List<ScanLabels> finish() {
    List<ScanLabels> kept = new ArrayList<>();
    for (Map.Entry<String, Map<List<ScanVotes>, Place>> scan : scans.entrySet()) {
      List<Map.Entry<List<ScanVotes>, Place>> rows = List.copyOf(scan.getValue().entrySet());
      ScanLabels labels = new ScanLabels(scan.getKey(), rows.get(0).getKey());
      Optional<LabelFinding> refusal =
          rows.size() > 1
              ? Optional.of(conflict(scan.getKey(), rows))
              : refusal(labels, rows.get(0).getValue());
      refusal.ifPresentOrElse(findings, () -> kept.add(labels));
    }
    scans.clear();
    return Collections.unmodifiableList(kept);
  }

  private static LabelFinding conflict(String scan, List<Map.Entry<List<ScanVotes>, Place>> rows) {
    Place first = rows.get(0).getValue();
    Place other = rows.get(1).getValue();
    String shown =
        "differs from "
            + first.from(other.file())
            + " in "
            + difference(rows.get(0).getKey(), rows.get(1).getKey());
    return finding(
        LabelReason.CONFLICTING_LABEL, scan, other.file(), other.line(), rows.size(), shown);
  }

  private static Optional<LabelFinding> refusal(ScanLabels scan, Place row) {
    ScanVotes majority = scan.majority();
    List<String> undecided = columns(majority, Annotation.BLANK);
    List<String> seen = columns(majority, Annotation.POSITIVE);
    boolean mismatch = majority.of(ScanFinding.ICH) == Annotation.NEGATIVE && !seen.isEmpty();
    if (undecided.isEmpty() && !mismatch) {
      return Optional.empty();
    }
    LabelReason reason = undecided.isEmpty() ? LabelReason.ANY_MISMATCH : LabelReason.UNANNOTATED;
    String shown =
        undecided.isEmpty()
            ? "any 0, but 1: " + String.join(", ", seen)
            : "no majority: " + String.join(", ", undecided);
    return Optional.of(finding(reason, scan.scanId(), row.file(), row.line(), 1, shown));
  }

  /** Columns of the six labels with this majority. */
  private static List<String> columns(ScanVotes majority, Annotation annotation) {
    return ScanFinding.HAEMORRHAGE.stream()
        .filter(f -> majority.of(f) == annotation)
        .map(ScanFinding::column)
        .toList();
  }

  private static String difference(List<ScanVotes> first, List<ScanVotes> other) {
    if (first.size() != other.size()) {
      return "the number of readers";
    }
    List<String> votes = new ArrayList<>();
    for (int r = 0; r < first.size(); r++) {
      for (ScanFinding finding : ScanFinding.ALL) {
        if (first.get(r).of(finding) != other.get(r).of(finding)) {
          votes.add(vote(r, finding));
        }
      }
    }
    int more = votes.size() - SHOWN_FINDINGS;
    String some = String.join(", ", votes.subList(0, Math.min(SHOWN_FINDINGS, votes.size())));
    return more > 0 ? some + " and " + more + " more" : some;
  }

  private static String vote(int reader, ScanFinding finding) {
    return "R" + (reader + 1) + ":" + finding.published();
  }

  private static LabelFinding finding(
      LabelReason reason, String scan, int file, long line, long rows, String shown) {
    return new LabelFinding(reason, scan, file, line, rows * WideRow.ROWS, shown);
  }
}
