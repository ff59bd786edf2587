package org.headct.ich.jobs.reshapelabels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelIds;
import org.headct.ich.domain.label.LabelText;
import org.headct.ich.domain.label.ScanLabels;
import org.headct.ich.domain.label.ScanReads;
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
 * The update of {@code ich.scan_labels} from the rows of the files of scans. There are only
 * hundreds of scans: the driver reads them, and a table that changes is written as a whole.
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

  /** Reads the files. Writes nothing. */
  ScanLabelsUpdate(JobContext context, LabelWork work, LabelIds ids) {
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
        file = load(source, file, ids);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the label files", e);
    }
  }

  /** Reads the files of one load, from {@code first} on; returns the first file of the next. */
  private int load(SourceReader source, int first, LabelIds ids) throws IOException {
    ScanReads reads = new ScanReads(ids, findings::add);
    List<Integer> loads = work.loads();
    int file = first;
    while (file < loads.size() && loads.get(file).equals(loads.get(first))) {
      LabelFile read = work.files().get(file);
      try (LabelText text = LabelInput.text(source, read.object())) {
        rows += WideRow.ROWS * reads.read(text, (LabelHeader.Reads) read.header(), file);
      } catch (DamagedMemberException e) {
        throw new IOException(read.name() + ": " + e.getMessage(), e);
      }
      file++;
    }
    for (ScanLabels scan : reads.finish()) {
      if (work.withdrawn().contains(scan.scanId())) {
        findings.add(LabelFinding.withdrawn(scan.scanId(), first));
      } else {
        kept++;
        scans.put(scan.scanId(), scan);
      }
    }
    return file;
  }

  /** Returns the number of label rows that were read: six for each row of a file. */
  long rows() {
    return rows;
  }

  /** Returns the number of scans kept; a scan that a later load corrects counts for each load. */
  long kept() {
    return kept;
  }

  /** Returns the findings; {@link LabelFinding#file} is an index into the work's files. */
  List<LabelFinding> findings() {
    return findings;
  }

  /** Returns whether the table has to change. */
  boolean changes() {
    return work.concerned() && !new HashSet<>(current).equals(new HashSet<>(scans.values()));
  }

  /** Returns the difference between the scans of the files and those of the table. */
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

  /** Replaces the table's scans, if they differ. */
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

  /** Returns the outcome in one line; empty if the run concerns no scan. */
  String outcome() {
    return work.concerned() ? "%,d scans with six labels".formatted(scans.size()) : "";
  }
}
