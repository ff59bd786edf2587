package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.pages.ExploreReport.LeakCount;
import org.headct.ich.pages.ExploreReport.PixelDescription;
import org.headct.ich.pages.ExploreReport.Publication;
import org.headct.ich.pages.ExploreReport.SplitCount;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Table;

/** The tables of the data set page. */
final class ExploreTables {
  private ExploreTables() {}

  static Table pixels(QueryResult<PixelDescription> descriptions) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Scanner"),
            DataTable.Column.number("Rows × columns"),
            DataTable.Column.number("Bits stored"),
            DataTable.Column.text("Representation"),
            DataTable.Column.text("Transfer syntax"),
            DataTable.Column.number("Rescale intercept (HU)"),
            DataTable.Column.number("Images"),
            DataTable.Column.number("Share"));
    long all = descriptions.rows().stream().mapToLong(PixelDescription::images).sum();
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (PixelDescription one : descriptions.rows()) {
      double share = all == 0 ? Double.NaN : (double) one.images() / all;
      rows.add(
          List.of(
              DataTable.Cell.text(orUnknown(one.scanner())),
              DataTable.Cell.text(one.rows() + " × " + one.columns()),
              DataTable.Cell.count(one.bitsStored()),
              DataTable.Cell.text(one.representation()),
              DataTable.Cell.text(one.transferSyntax()),
              DataTable.Cell.decimal(one.rescaleIntercept(), 0),
              DataTable.Cell.count(one.images()),
              DataTable.Cell.number(share, Format.PERCENT)));
    }
    return new Table(
        "Scanners and pixel descriptions",
        "How the stored pixels of the images must be decoded.",
        descriptions.source(),
        new DataTable(columns, rows));
  }

  static Table splits(QueryResult<SplitCount> splits) {
    List<String> classes =
        splits.rows().stream()
            .flatMap(split -> split.positives().stream())
            .map(SplitCount.ClassCount::name)
            .distinct()
            .toList();
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text("Part"));
    columns.add(DataTable.Column.number("Patients"));
    columns.add(DataTable.Column.number("Series"));
    columns.add(DataTable.Column.number("Images"));
    classes.forEach(name -> columns.add(DataTable.Column.number(name)));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (SplitCount split : splits.rows()) {
      List<DataTable.Cell> row = new ArrayList<>();
      row.add(DataTable.Cell.text(split.split()));
      row.add(DataTable.Cell.count(split.patients()));
      row.add(DataTable.Cell.count(split.series()));
      row.add(DataTable.Cell.count(split.images()));
      for (String name : classes) {
        long images =
            split.positives().stream()
                .filter(one -> one.name().equals(name))
                .mapToLong(SplitCount.ClassCount::images)
                .sum();
        String share = Numbers.share(images, split.images());
        row.add(
            new DataTable.Cell(Numbers.count(images) + " (" + share + ")", Long.toString(images)));
      }
      rows.add(row);
    }
    return new Table(
        "Parts of the split",
        "Number of positive images of each class, and their share of the part.",
        splits.source(),
        new DataTable(columns, rows));
  }

  /** Returns the table of leaks between parts, with rows above 0 highlighted. */
  static Table leakage(QueryResult<LeakCount> leaks) {
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    Set<Integer> marked = new HashSet<>();
    for (LeakCount one : leaks.rows()) {
      Long shared = one.shared();
      if (shared != null && shared > 0) {
        marked.add(rows.size());
      }
      rows.add(
          List.of(
              DataTable.Cell.text(one.dataset()),
              DataTable.Cell.text(one.what()),
              shared == null ? new DataTable.Cell("not known", "") : DataTable.Cell.count(shared),
              DataTable.Cell.count(one.images())));
    }
    return new Table(
        "Leakage between the parts",
        "Patients, studies, series, images and equal pixels that are in more than one part of a dataset,"
            + " with the number of their images. Equal pixels are known only after an audit with"
            + " audit.depth = pixels.",
        leaks.source(),
        new DataTable(
            List.of(
                DataTable.Column.text("Dataset"),
                DataTable.Column.text("What"),
                DataTable.Column.number("In several parts"),
                DataTable.Column.number("Images")),
            rows),
        marked);
  }

  static Table publications(QueryResult<Publication> publications) {
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (Publication one : publications.rows()) {
      rows.add(
          List.of(
              DataTable.Cell.text(one.table()),
              DataTable.Cell.text(Dates.utc(one.committed())),
              DataTable.Cell.text(one.command()),
              DataTable.Cell.text(one.run()),
              DataTable.Cell.count(one.added()),
              DataTable.Cell.count(one.removed()),
              DataTable.Cell.count(one.rows()),
              DataTable.Cell.text(Long.toString(one.snapshot()))));
    }
    return new Table(
        "Snapshots of the tables",
        "Snapshots that each run published, the newest first. Rows that a run rewrote unchanged"
            + " count as added and as removed. To see the rows that differ between two snapshots,"
            + " query the view changes with ich sql --changes TABLE:FROM:TO.",
        publications.source(),
        new DataTable(
            List.of(
                DataTable.Column.text("Table"),
                DataTable.Column.text("When"),
                DataTable.Column.text("Command"),
                DataTable.Column.text("Run"),
                DataTable.Column.number("Rows added"),
                DataTable.Column.number("Rows removed"),
                DataTable.Column.number("Rows"),
                DataTable.Column.text("Snapshot")),
            rows));
  }

  private static String orUnknown(String text) {
    return text.isBlank() ? "not stated" : text;
  }
}
