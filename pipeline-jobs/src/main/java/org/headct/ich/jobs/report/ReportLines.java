package org.headct.ich.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.util.StringUtils;

/**
 * The text of a report. First the outcome and what may be wrong with the data, then the counts, the
 * tables and the files.
 */
final class ReportLines {
  private static final int NAME_WIDTH = 28;
  private static final String FINDINGS = "_findings";

  private final JobReport report;
  private final List<String> lines = new ArrayList<>();

  ReportLines(JobReport report) {
    this.report = report;
  }

  List<String> all() {
    lines.add(
        "%s: %s (%.1f s, run %s)"
            .formatted(report.job(), report.outcome(), report.seconds(), report.runId()));
    attention();
    counts();
    String text = named("%s");
    report.facts().forEach((name, value) -> lines.add(text.formatted(name, value)));
    for (ReportTable table : report.tables()) {
      lines.add("");
      table.lines().forEach(line -> lines.add("  " + line));
    }
    if (!report.tables().isEmpty()) {
      lines.add("");
    }
    report.written().forEach((name, what) -> lines.add(text.formatted(name, what)));
    JobReport.Bytes bytes = report.bytes();
    if (bytes.read() + bytes.written() > 0) {
      lines.add(
          text.formatted(
              "bytes", "%s read, %s written".formatted(size(bytes.read()), size(bytes.written()))));
    }
    return lines;
  }

  private void attention() {
    if (report.rejects() > 0 && report.in() > 0) {
      attend(
          "%,d of %,d %s rejected (%.2f %%)"
              .formatted(
                  report.rejects(),
                  report.in(),
                  report.unit(),
                  100.0 * report.rejects() / report.in()));
    }
    report.advice().warnings().forEach(this::attend);
    List<String> reasons =
        Stream.concat(report.rejected().keySet().stream(), report.noted().keySet().stream())
            .distinct()
            .toList();
    if (!reasons.isEmpty()) {
      String tables =
          report.written().keySet().stream()
              .filter(name -> name.endsWith(FINDINGS))
              .collect(Collectors.joining(", "));
      lines.add(
          named("%s")
              .formatted(
                  "reasons",
                  "ich help %s explains one%s"
                      .formatted(
                          reasons.get(0), tables.isEmpty() ? "" : "; each is in " + tables)));
    }
  }

  private void attend(String text) {
    lines.add(JobReport.ATTENTION + text);
  }

  private void counts() {
    String count = named("%,14d");
    if (report.in() > 0) {
      lines.add(count.formatted(report.unit() + " in", report.in()));
      lines.add(count.formatted(report.unit() + " accepted", report.out()));
      byReason("rejected ", report.rejected());
    }
    byReason("noted ", report.noted());
    JobReport.Changes changes = report.changes();
    if (changes.any()) {
      lines.add(count.formatted("new", changes.added()));
      lines.add(count.formatted("changed", changes.changed()));
      lines.add(count.formatted("withdrawn", changes.withdrawn()));
    }
  }

  private void byReason(String kind, Map<String, Long> reasons) {
    String count = named("%,14d");
    reasons.forEach((reason, n) -> lines.add(count.formatted(kind + reason, n)));
  }

  /** Returns a line's format. The column of names is as wide as the longest fact's name. */
  private String named(String value) {
    int width = report.facts().keySet().stream().mapToInt(String::length).max().orElse(0);
    return "  %-" + Math.max(NAME_WIDTH, width) + "s " + value;
  }

  private static String size(long bytes) {
    return StringUtils.TraditionalBinaryPrefix.long2String(bytes, "B", 1);
  }
}
