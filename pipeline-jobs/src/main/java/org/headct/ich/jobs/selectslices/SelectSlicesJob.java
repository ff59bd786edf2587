package org.headct.ich.jobs.selectslices;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.common.config.Dataset;
import org.headct.ich.common.config.SelectConfig;
import org.headct.ich.common.config.SelectConfig.Balance;
import org.headct.ich.common.ct.MiddleRule;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.common.sample.ClassWeights;
import org.headct.ich.common.sample.Split;
import org.headct.ich.common.sample.SplitAssigner;
import org.headct.ich.common.sample.SplitUnit;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Series;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;
import scala.Tuple2;

/** Orders each series, takes its middle slices, and deals them to training, validation and test. */
@Command(
    name = "select-slices",
    description = "Takes the middle slices of each ordered series and splits them by patient.",
    footer = {
      "Reads:   ich.slices, and ich.labels or ich.scan_labels",
      "Writes:  ich.selections (datasets binary and multilabel), ich.slice_findings (its own part)",
      "Example: ich select-slices --set select.middle-slices=5 --set split.unit=patient"
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
  public JobPlan plan(JobContext context) {
    SelectConfig.from(context.settings());
    Warehouse warehouse = context.warehouse();
    warehouse.require(SLICES);
    ImageLabelling labelling = new ImageLabelling(warehouse);
    labelling.require();
    List<String> inputs = new ArrayList<>(List.of(warehouse.identifier(SLICES)));
    inputs.addAll(labelling.identifiers());
    return new JobPlan(
        inputs, List.of(warehouse.identifier(SELECTIONS), warehouse.identifier(FINDINGS)));
  }

  @Override
  public boolean upToDate(JobContext context) {
    return note(context).describes(context.warehouse().summary(SELECTIONS));
  }

  private SnapshotNote note(JobContext context) {
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(context.warehouse()).inputs());
    inputs.put("slices", Long.toString(context.warehouse().snapshot(SLICES)));
    return context.note(this, new String[] {"select", "split"}, inputs);
  }

  @Override
  public JobReport run(JobContext context) {
    SelectConfig config = SelectConfig.from(context.settings());
    JobReport.Builder report = JobReport.of(this, context);
    context.progress().step("select-slices");

    MiddleRule middle = config.middle();
    JavaRDD<Series> series =
        context
            .warehouse()
            .read(SLICES)
            .javaRDD()
            .map(SLICES::fromRow)
            .mapToPair(slice -> new Tuple2<>(slice.identity().seriesId(), slice))
            .groupByKey()
            .map(group -> MiddleOfSeries.of(group._1(), group._2(), middle))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Labelled> images = labelled(context, series);
    long middles = series.aggregate(0L, (n, s) -> n + s.middles().size(), Long::sum);
    report.books("middle slices", middles, images.size());
    report.rejected("UNANNOTATED", middles - images.size()).closeBooks();
    report.fact("series", "%,d".formatted(series.count()));

    List<Middle> selected = images.stream().map(Labelled::middle).toList();
    SplitUnits units = SplitUnits.of(config.unit(), selected);
    Map<String, Split> splits = splits(config, selected, units);
    Leaks leaks = Leaks.of(selected, splits);
    if (config.unit() == SplitUnit.PATIENT && !leaks.none()) {
      throw new IllegalStateException("a split by patient leaks: " + leaks);
    }
    List<Selection> selections = selections(config, images, splits);
    publish(context, config, series, selections, report);
    series.unpersist();
    SplitTable.describe(selections, images, report);
    report.fact("patients joined", "%,d".formatted(units.joined(selected)));
    report.fact("on two sides", leaks.toString());
    return report.done("%,d middle slices selected".formatted(images.size()));
  }

  /** A middle slice with its labels. */
  record Labelled(Middle middle, ImageLabels labels) implements Serializable {}

  /** Middle slices are few (k a series, no pixels): the split and the weights need them all. */
  private static List<Labelled> labelled(JobContext context, JavaRDD<Series> series) {
    var labels =
        new ImageLabelling(context.warehouse())
            .rows()
            .javaRDD()
            .map(LABELS::fromRow)
            .mapToPair(l -> new Tuple2<>(l.imageId(), l));
    List<Labelled> images =
        new ArrayList<>(
            series
                .flatMap(s -> s.middles().iterator())
                .mapToPair(m -> new Tuple2<>(m.imageId(), m))
                .join(labels)
                .map(t -> new Labelled(t._2()._1(), t._2()._2()))
                .collect());
    images.sort(Comparator.comparing(l -> l.middle().imageId()));
    return images;
  }

  /** The side of each image. */
  private static Map<String, Split> splits(
      SelectConfig config, List<Middle> middles, SplitUnits units) {
    SplitAssigner assigner =
        config.rule().assigner(config.mode(), middles.stream().map(units::of).toList());
    Map<String, Split> splits = new HashMap<>();
    middles.forEach(middle -> splits.put(middle.imageId(), assigner.of(units.of(middle))));
    return splits;
  }

  private static List<Selection> selections(
      SelectConfig config, List<Labelled> images, Map<String, Split> splits) {
    long positives = 0;
    long negatives = 0;
    for (Labelled image : images) {
      if (splits.get(image.middle().imageId()) == Split.TRAIN) {
        positives += image.labels().value(Subtype.ANY);
        negatives += 1 - image.labels().value(Subtype.ANY);
      }
    }
    ClassWeights weights = new ClassWeights(negatives, positives);
    boolean weighted = config.balance() == Balance.CLASS_WEIGHTS && positives > 0 && negatives > 0;
    List<Selection> selections = new ArrayList<>();
    for (Dataset dataset : config.datasets()) {
      for (Labelled image : images) {
        boolean positive = image.labels().has(Subtype.ANY);
        if (dataset == Dataset.MULTILABEL && !positive) {
          continue;
        }
        Split split = Objects.requireNonNull(splits.get(image.middle().imageId()));
        boolean weigh = weighted && dataset == Dataset.BINARY && split == Split.TRAIN;
        double weight = weigh ? (positive ? weights.positive() : weights.negative()) : 1;
        selections.add(image.middle().in(dataset, split, weight));
      }
    }
    return selections;
  }

  private void publish(
      JobContext context,
      SelectConfig config,
      JavaRDD<Series> series,
      List<Selection> selections,
      JobReport.Builder report) {
    Warehouse warehouse = context.warehouse();
    SnapshotNote note = note(context);
    JavaRDD<SliceFindingsTable.Entry> findings = series.flatMap(s -> s.findings().iterator());
    findings.mapToPair(f -> new Tuple2<>(f.reason(), 1L)).countByKey().forEach(report::noted);
    warehouse.replaceWhere(
        FINDINGS,
        functions.col("job").equalTo(name()),
        warehouse.rows(FINDINGS, findings).orderBy("object", "reason"),
        note);
    Object[] datasets = config.datasets().stream().map(Dataset::column).toArray();
    long snapshot =
        warehouse.replaceWhere(
            SELECTIONS,
            functions.col("dataset").isin(datasets),
            warehouse.rows(SELECTIONS, selections).orderBy("dataset", "image_id"),
            note);
    report.table(warehouse.identifier(SELECTIONS), selections.size(), snapshot);
  }
}
