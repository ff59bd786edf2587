package org.headct.ich.jobs.predict;

import static org.apache.spark.sql.functions.col;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.PredictConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportStore;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.pages.DataOrigin;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.ScanPage;
import org.headct.ich.pages.ScanReport;
import org.headct.ich.pages.ScansPage;
import org.headct.ich.pages.ScansReport;
import org.headct.ich.pages.element.Picture;
import scala.Tuple2;

/** The writer of a dump's list of scans, and of a page for each of the most suspicious ones. */
final class ScanPages {
  /** The most scans in the list; a browser would struggle with more. */
  private static final int MOST_SCANS = 2000;

  private final PredictConfig config;
  private final ScoringModel model;
  private final ReportStore store;
  private final String name;
  private final String dump;

  ScanPages(PredictConfig config, ScoringModel model, String dump, ReportStore store) {
    this.config = config;
    this.model = model;
    this.dump = dump;
    this.store = store;
    this.name = name(model, dump);
  }

  /**
   * Returns the name of the list's file, without extension, and of the folder with the scans'
   * pages.
   */
  static String name(ScoringModel model, String dump) {
    return "predict-%s-%s".formatted(model.run(), dump);
  }

  /**
   * Writes the pages and returns the number of scans.
   *
   * @param rows {@link ScoredRows}
   * @param scored number of rows with scores
   * @param rejected number of objects and slices without scores, by reason
   */
  long write(
      Dataset<Row> rows,
      DumpScores scores,
      DataOrigin origin,
      long scored,
      Map<String, Long> rejected,
      JobReport.Builder report) {
    JavaRDD<Scan> scans = scans(rows);
    long all = scans.count();
    List<Scan> listed =
        scans.takeOrdered(Math.max(MOST_SCANS, config.pages()), Scan.Order.BY_SUSPICION);
    List<Scan> paged = listed.subList(0, Math.min(config.pages(), listed.size()));
    ScansReport.Source source =
        new ScansReport.Source(
            model.run(),
            model.hash(),
            model.network(),
            model.recipe().describe(),
            dump,
            scored,
            CodeVersion.current(),
            Instant.now());
    Set<String> files = new HashSet<>();
    Map<String, List<ScoredSlice>> slices = slices(rows, paged);
    Map<String, List<Picture>> pictures = pictures(scores, slices);
    for (int i = 0; i < paged.size(); i++) {
      Scan scan = paged.get(i);
      String file = file(scan);
      ScanReport page =
          new ScanReport(
              source,
              origin,
              row(scan, "../" + name + ".html"),
              i + 1,
              model.outputs().stream().map(Subtype::column).toList(),
              slices.getOrDefault(scan.scanId(), List.of()).stream()
                  .map(slice -> slice(slice, pictures))
                  .toList());
      store.save(name + "/" + file, ScanPage.render(page));
      files.add(file);
    }
    ScansReport list =
        new ScansReport(
            source,
            origin,
            rule(),
            new QueryResult<>(
                "ich.scores where run = '%s' and dump = '%s'".formatted(model.run(), dump),
                listed.stream()
                    .map(
                        scan ->
                            row(scan, files.contains(file(scan)) ? name + "/" + file(scan) : ""))
                    .toList()),
            all,
            rejected);
    report.file("page", store.save(name + ".html", ScansPage.render(list)));
    // Delete pages of an earlier run; they may show a patient who was withdrawn since.
    store.keepOnly(name, files);
    report.fact("scans", "%,d, %,d of them with a page of their own".formatted(all, files.size()));
    return all;
  }

  /** Returns the rule of suspicion as a sentence for the list. */
  private String rule() {
    String slice =
        model.outputs().contains(Subtype.ANY) ? "its score for any" : "its highest subtype's score";
    String scan =
        config.scanSlices() == 1
            ? "that of its highest slice"
            : "the mean of its %d highest slices".formatted(config.scanSlices());
    String kinds =
        config.kinds().stream().sorted().map(ImageKind::column).collect(Collectors.joining(", "));
    return "A slice's suspicion is %s, a scan's is %s. Only images of the kinds in select.kinds count (%s)."
        .formatted(slice, scan, kinds);
  }

  private JavaRDD<Scan> scans(Dataset<Row> rows) {
    List<Subtype> outputs = model.outputs();
    int highest = config.scanSlices();
    return rows.where(ScoredRows.isScored())
        .javaRDD()
        .map(row -> ScoredSlice.of(row, outputs))
        .mapToPair(slice -> new Tuple2<>(slice.scanId(), slice))
        .groupByKey()
        .map(scan -> Scan.of(scan._2(), highest));
  }

  /** Returns the slices of each scan, those that count and are most suspicious first. */
  private Map<String, List<ScoredSlice>> slices(Dataset<Row> rows, List<Scan> scans) {
    Map<String, List<ScoredSlice>> slices = new HashMap<>();
    Object[] ids = scans.stream().map(Scan::scanId).toArray();
    for (Row row :
        rows.where(ScoredRows.isScored()).where(col(ScoredRows.SCAN).isin(ids)).collectAsList()) {
      ScoredSlice slice = ScoredSlice.of(row, model.outputs());
      slices.computeIfAbsent(slice.scanId(), scan -> new ArrayList<>()).add(slice);
    }
    slices.values().forEach(list -> list.sort(ScoredSlice.BY_STANDING));
    return slices;
  }

  private Map<String, List<Picture>> pictures(
      DumpScores scores, Map<String, List<ScoredSlice>> slices) {
    List<ScoredSlice> chosen =
        slices.values().stream().flatMap(list -> list.stream().limit(config.pictures())).toList();
    return scores.pictures(
        chosen.stream().map(ScoredSlice::imageId).toList(),
        chosen.stream().map(ScoredSlice::seriesId).distinct().toList());
  }

  /**
   * Returns the file name of a scan's page. A pseudonym is a valid file name: letters, digits,
   * dashes and underscores.
   */
  static String file(Scan scan) {
    if (!scan.scanId().matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
      throw new IllegalStateException(
          "a scan id must be a pseudonym (letters, digits, dashes, underscores), got "
              + scan.scanId());
    }
    return scan.scanId() + ".html";
  }

  private static ScansReport.Scan row(Scan scan, String page) {
    return new ScansReport.Scan(
        scan.scanId(),
        scan.patientId(),
        scan.series(),
        scan.slices(),
        scan.suspicion(),
        scan.highestId(),
        page);
  }

  private static ScanReport.Slice slice(ScoredSlice slice, Map<String, List<Picture>> pictures) {
    Integer position = slice.position();
    return new ScanReport.Slice(
        slice.imageId(),
        slice.seriesId(),
        position == null ? OptionalInt.empty() : OptionalInt.of(position),
        slice.suspicion(),
        slice.scores().stream().map(Float::doubleValue).toList(),
        pictures.getOrDefault(slice.imageId(), List.of()));
  }
}
