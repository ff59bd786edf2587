package org.headct.ich.jobs.selectslices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.MiddleRule;
import org.headct.ich.jobs.dump.OrderedSeries;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Series;
import org.headct.ich.jobs.selectslices.SplitSlices.Terms;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;
import scala.Tuple2;

/**
 * Job that orders each series, takes its middle slices and assigns them to training, validation and
 * test.
 */
@Command(
    name = "select-slices",
    header = "Picks the middle slices and splits them by patient.",
    description =
        "Takes the middle slices of each series and splits them into training, validation and test.",
    footer = {
      "Reads:   ich.slices, and ich.labels or ich.scan_labels",
      "Writes:  ich.selections (datasets of select.datasets), ich.slice_findings (its own rows)",
      "Example: ich select-slices --set select.middle-slices=5 --set split.unit=patient",
      "Another dataset: --set datasets.by-slice.images=all --set select.datasets=by-slice",
      "                 --set datasets.by-slice.split.unit=slice"
    })
public final class SelectSlicesJob implements Job {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final LabelsTable LABELS = new LabelsTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  @Override
  public String name() {
    return "select-slices";
  }

  @Override
  public List<String> keys() {
    return List.of("select", "split");
  }

  @Override
  public void check(Settings settings) {
    SelectConfig.all(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    List<SelectConfig> configs = SelectConfig.all(context.settings());
    Warehouse warehouse = context.warehouse();
    warehouse.require(SLICES);
    ImageLabelling labelling = new ImageLabelling(warehouse);
    labelling.require();
    List<String> inputs = new ArrayList<>(List.of(warehouse.identifier(SLICES)));
    inputs.addAll(labelling.identifiers());
    List<String> datasets = configs.stream().map(config -> config.dataset().name()).toList();
    return new JobPlan(
        inputs,
        List.of(
            "%s: datasets %s"
                .formatted(warehouse.identifier(SELECTIONS), String.join(", ", datasets)),
            warehouse.identifier(FINDINGS)));
  }

  @Override
  public boolean upToDate(JobContext context) {
    return note(context).describes(context.warehouse().summary(SELECTIONS));
  }

  private SnapshotNote note(JobContext context) {
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(context.warehouse()).inputs());
    inputs.put("slices", Long.toString(context.warehouse().version(SLICES)));
    return context.note(this, new String[] {"select", "split", "datasets"}, inputs);
  }

  @Override
  public JobReport run(JobContext context) {
    List<SelectConfig> configs = SelectConfig.all(context.settings());
    JobReport.Builder report = context.report(this);
    // The note is made before anything is read. If another run changes a table meanwhile, the
    // table is newer than the note, and the next refresh selects again.
    SelectionsChange change = new SelectionsChange(context.warehouse(), note(context));
    context.progress().step("select-slices");

    List<MiddleRule> rules = configs.stream().map(SelectConfig::middle).distinct().toList();
    Set<ImageKind> kinds = SelectConfig.kinds(context.settings());
    JavaRDD<Series> series =
        context
            .warehouse()
            .read(SLICES)
            .javaRDD()
            .map(SLICES::fromRow)
            .mapToPair(slice -> new Tuple2<>(OrderedSeries.key(slice), slice))
            .groupByKey()
            .map(group -> MiddleOfSeries.of(group._1(), group._2(), rules, kinds))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<LabelledSlice> images = labelled(context, series);
    long middles = series.aggregate(0L, (n, s) -> n + s.middles().size(), Long::sum);
    report.books("middle slices", middles, images.size());
    report.rejected("UNANNOTATED", middles - images.size()).closeBooks();
    report.fact("series", "%,d".formatted(series.count()));

    SelectedSeries taken = new SelectedSeries(configs, series);
    report.fact("series left out", "%,d".formatted(taken.leftOut()));
    Map<Terms, SplitSlices> assigned = new HashMap<>();
    List<DatasetRows> datasets =
        configs.stream()
            .map(
                config ->
                    new DatasetRows(
                        config,
                        assigned.computeIfAbsent(
                            Terms.of(config), terms -> new SplitSlices(terms, images, taken))))
            .toList();
    JavaRDD<SliceFindingsTable.Entry> findings =
        series
            .flatMap(s -> s.findings().iterator())
            .union(context.javaSpark().parallelize(taken.findings(), 1));
    change.publish(datasets, findings, report);
    series.unpersist();
    datasets.forEach(dataset -> dataset.describe(report));
    String why =
        images.isEmpty()
            ? new ImageLabelling(context.warehouse()).whyNone().map(": "::concat).orElse("")
            : "";
    report.next("build-tensors");
    return report.done("%,d middle slices selected%s".formatted(images.size(), why));
  }

  /**
   * Joins the middle slices with their labels and collects them. They are few (k of a series,
   * without pixels), and the split and the weights need all of them.
   */
  private static List<LabelledSlice> labelled(JobContext context, JavaRDD<Series> series) {
    var labels =
        new ImageLabelling(context.warehouse())
            .rows()
            .javaRDD()
            .map(LABELS::fromRow)
            .mapToPair(l -> new Tuple2<>(l.imageId(), l));
    List<LabelledSlice> images =
        new ArrayList<>(
            series
                .flatMap(s -> s.middles().iterator())
                .mapToPair(m -> new Tuple2<>(m.imageId(), m))
                .join(labels)
                .map(t -> new LabelledSlice(t._2()._1(), t._2()._2()))
                .collect());
    images.sort(Comparator.comparing(l -> l.middle().imageId()));
    return images;
  }
}
