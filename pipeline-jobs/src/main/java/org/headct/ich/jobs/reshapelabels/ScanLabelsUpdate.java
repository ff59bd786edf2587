package org.headct.ich.jobs.reshapelabels;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelReason;
import org.headct.ich.domain.label.ScanLabels;
import org.headct.ich.domain.label.ScanReads;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.label.WideRow;
import org.headct.ich.domain.label.packed.LabelChanges.Others;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.JobReport.Changes;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.ScanLabelsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;

/**
 * The rows of the files of scans, and what they change in {@code ich.scan_labels}. There are
 * hundreds of scans: the driver reads them, and the table is written whole when it changes.
 */
final class ScanLabelsUpdate {
  private static final ScanLabelsTable SCANS = new ScanLabelsTable();

  private final JobContext context;
  private final LabelWork work;
  private final List<LabelFinding> findings = new ArrayList<>();
  private final Map<String, ScanLabels> scans = new TreeMap<>();
  private final List<ScanLabels> current;
  private long rows;
  private long kept;

  /** Reads the files; nothing is written. */
  ScanLabelsUpdate(JobContext context, LabelWork work, UnaryOperator<String> pseudonym) {
    this.context = context;
    this.work = work;
    current =
        work.from() >= 0
            ? context.warehouse().read(SCANS).collectAsList().stream().map(SCANS::fromRow).toList()
            : List.of();
    if (work.plan().others() == Others.KEEP) {
      current.forEach(scan -> scans.put(scan.scanId(), scan));
    }
    try (SourceReader source = new SourceReader(context.hadoop())) {
      int file = 0;
      while (file < work.files().size()) {
        file = load(source, file, pseudonym);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the label files", e);
    }
  }

  /** Reads the files of one load, from {@code first} on; returns the first file of the next. */
  private int load(SourceReader source, int first, UnaryOperator<String> pseudonym)
      throws IOException {
    ScanReads reads = new ScanReads(pseudonym, findings::add);
    List<Integer> loads = work.loads();
    int file = first;
    while (file < loads.size() && loads.get(file).equals(loads.get(first))) {
      LabelFile read = work.files().get(file);
      try (Reader text = LabelInput.text(source, read.object())) {
        LabelInput.firstLine(text);
        rows += WideRow.ROWS * reads.read(text, (LabelHeader.Reads) read.header(), file);
      } catch (DamagedMemberException e) {
        throw new IOException(read.name() + ": " + e.getMessage(), e);
      }
      file++;
    }
    for (ScanLabels scan : reads.finish()) {
      if (work.withdrawn().contains(scan.scanId())) {
        findings.add(
            new LabelFinding(
                LabelReason.WITHDRAWN, scan.scanId(), first, 0, Subtype.ALL.size(), ""));
      } else {
        kept++;
        scans.put(scan.scanId(), scan);
      }
    }
    return file;
  }

  /** Label rows read: six for each row of a file. */
  long rows() {
    return rows;
  }

  /** Scans kept, those among them that a later load corrected. */
  long kept() {
    return kept;
  }

  /** What did not become labels; {@link LabelFinding#file} counts in the work's files. */
  List<LabelFinding> findings() {
    return findings;
  }

  /** Whether the table has to change. */
  boolean changes() {
    return work.concerned() && !new HashSet<>(current).equals(new HashSet<>(scans.values()));
  }

  /** How the scans differ from those that are there. */
  Changes difference() {
    if (!work.concerned()) {
      return Changes.NONE;
    }
    Map<String, ScanLabels> old = new HashMap<>();
    current.forEach(scan -> old.put(scan.scanId(), scan));
    long there = scans.keySet().stream().filter(old::containsKey).count();
    long same = scans.values().stream().filter(s -> s.equals(old.get(s.scanId()))).count();
    return new Changes(scans.size() - there, there - same, old.size() - there);
  }

  /** Writes the scans in the place of those that are there, if they differ. */
  void publish(SnapshotNote note, JobReport.Builder report) {
    Warehouse warehouse = context.warehouse();
    if (changes()) {
      JavaRDD<ScanLabels> rows = context.javaSpark().parallelize(List.copyOf(scans.values()), 1);
      long snapshot =
          warehouse.replace(SCANS, rows, work.from(), note, work.property(context.runId()));
      report.table(warehouse, SCANS, scans.size(), snapshot);
    } else if (!work.plan().upToDate()) {
      warehouse.setProperties(SCANS, work.property(work.runIdBefore(context.runId())));
    }
  }

  /** One line, empty where no scan is concerned. */
  String outcome() {
    return work.concerned() ? "%,d scans with six labels".formatted(scans.size()) : "";
  }
}
