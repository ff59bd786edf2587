package org.headct.ich.jobs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportTable;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.SliceRows;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of datasets over tables that are made for them. */
class SelectionsIT {
  private static final int NEGATIVE = 0;
  private static final int POSITIVE = Subtype.ANY.bit() | Subtype.SUBDURAL.bit();

  @TempDir Path folder;

  private Pipeline pipeline(String... settings) {
    return new Pipeline(TestSpark.session(), folder, settings);
  }

  private static <T> void fill(Pipeline pipeline, TableDefinition<T> table, JavaRDD<T> rows) {
    JobContext context = pipeline.context();
    SnapshotNote note = new SnapshotNote("test", "test", "test", "test", Map.of());
    Warehouse warehouse = context.warehouse();
    warehouse.replace(
        table, warehouse.rows(table, rows), rows.count(), warehouse.snapshot(table), note);
  }

  private static void fill(Pipeline pipeline, List<Slice> slices) {
    var spark = pipeline.context().javaSpark();
    fill(pipeline, new SlicesTable(), spark.parallelize(slices));
    List<ImageLabels> labels =
        slices.stream().map(s -> new ImageLabels(s.imageId(), NEGATIVE)).toList();
    fill(pipeline, new LabelsTable(), spark.parallelize(labels));
  }

  private static List<Selection> binary(Pipeline pipeline) {
    return rows(pipeline, "binary");
  }

  private static List<Selection> rows(Pipeline pipeline, String dataset) {
    return pipeline.rows(new SelectionsTable()).stream()
        .filter(s -> s.dataset().equals(dataset))
        .toList();
  }

  /**
   * Fills the tables with this many series of five to nine slices, each of a patient of its own.
   */
  private static Pipeline filled(Pipeline pipeline, int series) {
    var spark = pipeline.context().javaSpark();
    JavaRDD<Integer> numbers = spark.parallelize(IntStream.range(0, series).boxed().toList(), 8);
    fill(pipeline, new SlicesTable(), numbers.flatMap(s -> slices(s).iterator()));
    fill(
        pipeline,
        new LabelsTable(),
        numbers.flatMap(s -> slices(s).stream().map(i -> labels(i.imageId())).iterator()));
    return pipeline;
  }

  private static ReportTable table(JobReport report, String dataset) {
    return report.tables().stream()
        .filter(table -> table.title().equals(dataset))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> row(ReportTable table, String part) {
    return table.rows().stream()
        .filter(row -> row.name().equals(part))
        .findFirst()
        .orElseThrow()
        .counts();
  }

  /** The thesis' binary dataset has five slices of each of 19,529 series, split four to one. */
  @Test
  @Tag("nightly")
  void theThesisCountsComeOutOfItsSeries() {
    Pipeline pipeline =
        filled(
            pipeline(
                "split.unit=slice", "split.mode=exact", "split.test=0.2", "split.validation=0"),
            19_529);

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(report.out()).isEqualTo(97_645);
    Map<String, Set<String>> sides = Map.of("train", new HashSet<>(), "test", new HashSet<>());
    Map<String, String> binary = new HashMap<>();
    List<Selection> multilabel = new ArrayList<>();
    for (Selection s : pipeline.rows(new SelectionsTable())) {
      if (s.dataset().equals("binary")) {
        Objects.requireNonNull(sides.get(s.split())).add(s.imageId());
        binary.put(s.imageId(), s.split());
      } else {
        multilabel.add(s);
      }
    }
    assertThat(sides.get("train")).hasSize(78_116);
    assertThat(sides.get("test")).hasSize(19_529);
    ReportTable table = table(report, "binary");
    assertThat(row(table, "train").get(2)).isEqualTo(78_116);
    assertThat(row(table, "test").get(2)).isEqualTo(19_529);
    assertThat(row(table, "total").subList(0, 3)).containsExactly(19_529L, 19_529L, 97_645L);
    assertThat(row(table(report, "multilabel"), "total").get(2)).isEqualTo(multilabel.size());
    assertThat(multilabel)
        .isNotEmpty()
        .allSatisfy(
            s -> {
              assertThat(labels(s.imageId()).has(Subtype.ANY)).isTrue();
              assertThat(s.split()).isEqualTo(binary.get(s.imageId()));
            });
    assertThat(report.facts().get("binary: on two sides"))
        .as("a split by slice leaks, and says so")
        .matches(
            "[\\d,]{5,} patients, [\\d,]{5,} studies, [\\d,]{5,} series, equal images not known .*");
  }

  /** Returns series of five to nine slices, so that each has five middle ones. */
  private static List<Slice> slices(int series) {
    String patient = "ID_%08x".formatted(series);
    return IntStream.range(0, 5 + series % 5)
        .mapToObj(z -> SliceRows.at("ID_%06x%02x".formatted(series, z), patient, z))
        .toList();
  }

  /** Returns labels by which a quarter of the images is positive. */
  private static ImageLabels labels(String imageId) {
    return new ImageLabels(imageId, imageId.hashCode() % 4 == 0 ? POSITIVE : NEGATIVE);
  }

  @Test
  void aFractionIsTheSamePartOfEachSeries() {
    List<Slice> slices = new ArrayList<>();
    for (int n : new int[] {1, 10, 35}) {
      for (int z = 0; z < n; z++) {
        slices.add(SliceRows.at("ID_%06x%02x".formatted(n, z), "ID_%06x".formatted(n), z));
      }
    }
    Pipeline pipeline = pipeline("select.rule=fraction", "select.middle-fraction=0.3");
    fill(pipeline, slices);

    JobReport report = pipeline.run(new SelectSlicesJob());

    Map<String, Set<Integer>> positions = new java.util.TreeMap<>();
    binary(pipeline)
        .forEach(
            s -> positions.computeIfAbsent(s.patientId(), p -> new TreeSet<>()).add(s.position()));
    assertThat(positions.get("ID_000001")).containsExactly(0);
    assertThat(positions.get("ID_00000a")).containsExactly(3, 4, 5);
    assertThat(positions.get("ID_000023"))
        .containsExactly(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22);
    assertThat(report.noted()).as("none is too short for its part").isEmpty();
  }

  /**
   * Forty patients form a chain in which each shares an image with the next. Another 40 share none.
   */
  @Test
  void patientsWhoShareAnImageStayTogether() {
    List<Slice> slices = new ArrayList<>();
    for (int p = 0; p < 40; p++) {
      String chained = "ID_00000a%02d".formatted(p);
      String single = "ID_00000b%02d".formatted(p);
      for (int z = 0; z < 3; z++) {
        String shared = z == 0 ? "link " + p : z == 1 ? "link " + (p + 1) : chained;
        slices.add(slice(chained, z, SliceRows.pixels(shared)));
        // Images of air are equal and must not join patients.
        slices.add(slice(single, z, z == 0 ? SliceRows.blank() : SliceRows.pixels(single + z)));
      }
    }
    Pipeline pipeline = pipeline("select.middle-slices=3", "split.test=0.5");
    fill(pipeline, slices);

    JobReport report = pipeline.run(new SelectSlicesJob());

    Map<String, String> sides =
        binary(pipeline).stream()
            .collect(
                toMap(Selection::patientId, Selection::split, (a, b) -> a.equals(b) ? a : a + b));
    Set<String> ofChain = new HashSet<>();
    Set<String> ofOthers = new HashSet<>();
    sides.forEach((patient, side) -> (patient.contains("a") ? ofChain : ofOthers).add(side));
    assertThat(ofChain).hasSize(1);
    assertThat(ofOthers)
        .hasSizeGreaterThan(1)
        .allMatch(Set.of("train", "validation", "test")::contains);
    assertThat(report.facts())
        .containsEntry("binary: patients joined", "39")
        .containsEntry("binary: on two sides", "0 patients, 0 studies, 0 series, 0 equal images");

    JobReport bySlice = pipeline.run(new SelectSlicesJob(), "split.unit=slice");
    assertThat(bySlice.facts().get("binary: on two sides"))
        .matches("[1-9].* patients, [1-9].* [1-9]\\d* equal images");
  }

  private static Slice slice(String patient, int z, SlicesTable.Content content) {
    return SliceRows.at(patient + z, patient, "series " + patient, z, content);
  }

  @Test
  void oneSeriesOfTwoPatientsIsOneUnit() {
    List<Slice> slices = new ArrayList<>();
    for (int p = 0; p < 20; p++) {
      for (int z = 0; z < 6; z++) {
        String patient = "ID_0000%02d%d".formatted(p, z % 2);
        slices.add(
            SliceRows.at(
                "%s%d".formatted(patient, z),
                patient,
                "series %02d".formatted(p),
                z,
                SlicesTable.Content.unread(List.of())));
      }
    }
    Pipeline pipeline = pipeline("select.middle-slices=6", "split.test=0.5");
    fill(pipeline, slices);

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(report.facts())
        .containsEntry("binary: patients joined", "20")
        .containsEntry(
            "binary: on two sides",
            "0 patients, 0 studies, 0 series, equal images not known (audit.depth = header)");
  }

  /** 85/15, then 80/20 within the 85, cut exactly. */
  @Test
  void twoCutsOneInTheOther() {
    Pipeline pipeline =
        filled(
            pipeline(
                "split.unit=series", "split.mode=exact", "split.test=0.15", "split.validation=0.2"),
            1_001);

    JobReport report = pipeline.run(new SelectSlicesJob());

    // ⌊0.85 × 1,001⌋ = 850, of which ⌊0.8 × 850⌋ = 680 are for training.
    ReportTable table = table(report, "binary");
    assertThat(row(table, "train").get(1)).isEqualTo(680);
    assertThat(row(table, "validation").get(1)).isEqualTo(170);
    assertThat(row(table, "test").get(1)).isEqualTo(151);
    Map<String, String> sides =
        binary(pipeline).stream().collect(toMap(Selection::imageId, Selection::split));
    List<Selection> expected =
        binary(pipeline).stream().filter(s -> labels(s.imageId()).has(Subtype.ANY)).toList();
    assertThat(rows(pipeline, "multilabel"))
        .as("the cut is of all middle slices, then the positive ones are taken")
        .hasSameSizeAs(expected)
        .allSatisfy(s -> assertThat(s.split()).isEqualTo(sides.get(s.imageId())));
  }

  private static final String[] BY_SLICE = {
    "datasets.by-slice.images=all",
    "datasets.by-slice.split.unit=slice",
    "datasets.by-slice.select.middle-slices=3",
    "datasets.by-slice.select.balance=none"
  };

  @Test
  void datasetsStandSideBySideEachByItsOwnSettings() {
    Pipeline pipeline = filled(pipeline(BY_SLICE), 200);

    JobReport report = pipeline.run(new SelectSlicesJob(), "select.datasets=binary,by-slice");

    assertThat(report.out()).as("a slice counts once").isEqualTo(1_000);
    assertThat(binary(pipeline)).hasSize(1_000);
    assertThat(rows(pipeline, "by-slice")).hasSize(600).allMatch(s -> s.weight() == 1);
    assertThat(rows(pipeline, "multilabel")).isEmpty();
    assertThat(report.facts())
        .containsEntry("binary: balance", "class-weights")
        .containsEntry("by-slice: balance", "none")
        .hasEntrySatisfying("binary: on two sides", s -> assertThat(s).startsWith("0 patients"))
        .hasEntrySatisfying(
            "by-slice: on two sides", s -> assertThat(s).matches("[1-9]\\d+ patients.*"));
    assertThat(report.tables())
        .extracting(ReportTable::title)
        .containsExactly("binary", "by-slice");
    assertThat(report.lines())
        .containsSubsequence("  binary", "  by-slice")
        .anyMatch(line -> line.matches("  total +200 +200 +1,000 +[\\d ]+"));
  }

  /**
   * The sample has the given size, comes from all parts of the split, and is the same each time.
   */
  @Test
  void aSampleIsDrawnBeforeItIsDealt() {
    Pipeline pipeline =
        filled(
            pipeline(
                "datasets.drawn.images=all",
                "datasets.drawn.select.sample=50",
                "datasets.drawn.split.unit=slice",
                "datasets.drawn.split.mode=exact",
                "select.datasets=binary,drawn"),
            60);
    pipeline.run(new SelectSlicesJob());
    List<Selection> drawn = rows(pipeline, "drawn");
    assertThat(drawn).hasSize(50);
    assertThat(drawn.stream().filter(s -> s.split().equals("test"))).hasSize(10);
    List<String> all = binary(pipeline).stream().map(Selection::imageId).toList();
    assertThat(all).hasSize(300);
    assertThat(drawn).extracting(Selection::imageId).isSubsetOf(all);

    pipeline.run(new SelectSlicesJob());
    assertThat(rows(pipeline, "drawn")).containsExactlyInAnyOrderElementsOf(drawn);
    pipeline.run(new SelectSlicesJob(), "datasets.drawn.select.sample=400");
    assertThat(rows(pipeline, "drawn")).hasSize(300);
  }

  @Test
  void aRunLeavesOtherDatasetsAsTheyAre() {
    Pipeline pipeline = filled(pipeline(BY_SLICE), 60);
    pipeline.run(new SelectSlicesJob(), "select.datasets=binary");
    Set<Selection> before = new HashSet<>(binary(pipeline));

    pipeline.run(new SelectSlicesJob(), "select.datasets=by-slice", "split.seed=7");

    assertThat(binary(pipeline)).hasSize(300).containsExactlyInAnyOrderElementsOf(before);
    assertThat(rows(pipeline, "by-slice")).hasSize(180);
  }

  /** A series that is short for one of the datasets gives one finding in a run. */
  @Test
  void findingsOfSeriesAreWrittenOnceARun() {
    Pipeline pipeline = filled(pipeline("datasets.multilabel.select.middle-slices=7"), 10);

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(report.noted()).as("of five and six slices").isEqualTo(Map.of("SHORT_SERIES", 4L));
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .hasSize(4)
        .allSatisfy(f -> assertThat(f.detail()).contains("at least 7 needed"));
  }

  @Test
  void hybridBalanceLeavesOutAndRepeatsInTrainingAlone() {
    Pipeline pipeline = filled(pipeline("select.balance=hybrid", "select.hybrid-ratio=0.8"), 1_000);
    Map<String, Integer> before = new HashMap<>();
    pipeline.run(new SelectSlicesJob(), "select.balance=none");
    int train = 0;
    for (Selection s : binary(pipeline)) {
      train += s.split().equals("train") ? 1 : 0;
      before.merge(s.split(), 1, Integer::sum);
    }

    JobReport report = pipeline.run(new SelectSlicesJob());

    List<Selection> rows = binary(pipeline);
    double[] examples = new double[2];
    Map<String, Integer> after = new HashMap<>();
    for (Selection s : rows) {
      assertThat(s.copies()).isPositive();
      assertThat(s.weight()).isEqualTo(1);
      after.merge(s.split(), 1, Integer::sum);
      if (s.split().equals("train")) {
        examples[labels(s.imageId()).value(Subtype.ANY)] += s.copies();
      } else {
        assertThat(s.copies()).isEqualTo(1);
      }
    }
    // Each image decides independently, so the deviation is √n.
    assertThat(examples[0] + examples[1]).isCloseTo(train, within(4 * Math.sqrt(train)));
    assertThat(examples[1] / examples[0]).isCloseTo(0.8, within(0.05));
    assertThat(after.get("test")).isEqualTo(before.get("test"));
    assertThat(after.get("validation")).isEqualTo(before.get("validation"));
    ReportTable table = table(report, "binary");
    assertThat(table.header()).contains("examples");
    assertThat(row(table, "train").get(3)).isEqualTo((long) (examples[0] + examples[1]));
    assertThat(report.facts())
        .containsEntry("binary: balance", "hybrid to 0.8")
        .containsEntry(
            "binary: left out by the balance",
            "%,d".formatted(before.get("train") - after.get("train")));

    assertThat(report.facts().get("multilabel: balance"))
        .isEqualTo("none: hybrid needs both classes, but training has no images without one");
    assertThat(table(report, "multilabel").header()).doesNotContain("examples");
    assertThat(rows(pipeline, "multilabel")).allMatch(s -> s.copies() == 1);

    pipeline.run(new SelectSlicesJob());
    assertThat(binary(pipeline)).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void theEndsOfASeriesHaveOneNeighbour() {
    Pipeline pipeline = pipeline("select.middle-slices=9");
    List<Slice> slices = new ArrayList<>();
    for (int z = 0; z < 4; z++) {
      slices.add(SliceRows.at("ID_00000" + z, "ID_a", z));
    }
    fill(pipeline, slices);

    pipeline.run(new SelectSlicesJob());

    assertThat(binary(pipeline))
        .extracting(Selection::imageId, Selection::previousImageId, Selection::nextImageId)
        .containsExactlyInAnyOrder(
            tuple("ID_000000", null, "ID_000001"),
            tuple("ID_000001", "ID_000000", "ID_000002"),
            tuple("ID_000002", "ID_000001", "ID_000003"),
            tuple("ID_000003", "ID_000002", null));
  }

  /** Rows of a release without neighbours are readable, and stay beside rows with neighbours. */
  @Test
  void olderRowsHaveNoNeighbours() {
    Pipeline pipeline = filled(pipeline(BY_SLICE), 20);
    pipeline.run(new SelectSlicesJob(), "select.datasets=binary");
    pipeline.context().spark().sql("ALTER TABLE ich.selections DROP COLUMN previous_image_id");
    pipeline.context().spark().sql("ALTER TABLE ich.selections DROP COLUMN next_image_id");

    assertThat(binary(pipeline)).hasSize(100).allMatch(s -> s.nextImageId() == null);
    pipeline.run(new SelectSlicesJob(), "select.datasets=by-slice");
    assertThat(binary(pipeline)).hasSize(100).allMatch(s -> s.nextImageId() == null);
    assertThat(rows(pipeline, "by-slice")).hasSize(60).allMatch(s -> s.nextImageId() != null);
  }

  @Test
  void theSamePixelsTwiceInASeriesAreAFinding() {
    List<Slice> slices = new ArrayList<>();
    for (int z = 0; z < 6; z++) {
      SlicesTable.Content content =
          z < 2 ? SliceRows.blank() : SliceRows.pixels(z == 5 ? "slice 3" : "slice " + z);
      slices.add(slice("ID_00000a", z, content));
    }
    Pipeline pipeline = pipeline();
    fill(pipeline, slices);

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(report.noted()).isEqualTo(Map.of("DUPLICATE_SLICE", 1L));
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .containsExactly(
            new SliceFindingsTable.Entry(
                "select-slices",
                "ID_00000a5",
                "DUPLICATE_SLICE",
                false,
                "ID_00000a5",
                "series series ID_00000a: position 5 has the pixels of ID_00000a3 at position 3"));
  }
}
