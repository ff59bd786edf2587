package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.headct.ich.pages.ScansReport.Scan;
import org.headct.ich.pages.ScansReport.Source;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Section;
import org.headct.ich.pages.element.Table;

/** The list of a dump's scans, the most suspicious first. */
public final class ScansPage {
  private ScansPage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public static String render(ScansReport report) {
    return new PageRenderer().render(page(report));
  }

  private static Page page(ScansReport report) {
    Source source = report.source();
    List<Scan> scans = report.scans().rows();
    List<Facts.Fact> facts = new ArrayList<>(facts(source));
    facts.add(
        new Facts.Fact(
            "Scans", Numbers.count(report.all()), Numbers.count(source.slices()) + " slices"));
    long without = report.rejected().values().stream().mapToLong(Long::longValue).sum();
    facts.add(new Facts.Fact("Without a score", Numbers.count(without), reasons(report)));
    long pages = scans.stream().filter(scan -> !scan.page().isEmpty()).count();
    List<Section> sections =
        List.of(
            new Section("facts", "Key figures", "", List.of(new Facts(facts))),
            new Section(
                "scans",
                "Scans",
                "%s The list has the %s most suspicious of %s scans; the first %s have a page of their own."
                    .formatted(
                        report.rule(),
                        Numbers.count(scans.size()),
                        Numbers.count(report.all()),
                        Numbers.count(pages)),
                List.of(table(report))));
    return new Page(
        "Scans by suspicion",
        "Dump " + source.dump() + ", scored by run " + source.run(),
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        footer(source));
  }

  static String footer(Source source) {
    return "Scored on %s by version %s."
        .formatted(Dates.utc(source.finished()), source.codeVersion());
  }

  static List<Facts.Fact> facts(Source source) {
    return List.of(
        new Facts.Fact("Run", source.run(), "model " + source.model()),
        new Facts.Fact("Network", source.network(), source.tensors()),
        new Facts.Fact("Dump", source.dump(), ""));
  }

  private static String reasons(ScansReport report) {
    List<String> texts = new ArrayList<>();
    new TreeMap<>(report.rejected())
        .forEach((reason, n) -> texts.add(reason + " " + Numbers.count(n)));
    return String.join(", ", texts);
  }

  private static Table table(ScansReport report) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Scan"),
            DataTable.Column.number("Suspicion"),
            DataTable.Column.text("Patient"),
            DataTable.Column.number("Series"),
            DataTable.Column.number("Slices"),
            DataTable.Column.text("Most suspicious slice"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (Scan scan : report.scans().rows()) {
      rows.add(
          List.of(
              DataTable.Cell.link(scan.scanId(), scan.page()),
              DataTable.Cell.decimal(scan.suspicion(), 4),
              DataTable.Cell.text(scan.patientId()),
              DataTable.Cell.count(scan.series()),
              DataTable.Cell.count(scan.slices()),
              DataTable.Cell.text(scan.highestId())));
    }
    return new Table(
        "Scans, the most suspicious first",
        "The table ich.scores holds all slices of all scans. – means a scan without an axial slice.",
        report.scans().source(),
        new DataTable(columns, rows));
  }
}
