package org.headct.ich.jobs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.SliceRows;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets over catalogues that are made for them. */
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
    context.warehouse().replace(table, context.warehouse().rows(table, rows), note);
  }

  private static void fill(Pipeline pipeline, List<Slice> slices) {
    var spark = pipeline.context().javaSpark();
    fill(pipeline, new SlicesTable(), spark.parallelize(slices));
    List<ImageLabels> labels =
        slices.stream().map(s -> new ImageLabels(s.imageId(), NEGATIVE)).toList();
    fill(pipeline, new LabelsTable(), spark.parallelize(labels));
  }

  private static List<Selection> binary(Pipeline pipeline) {
    return pipeline.rows(new SelectionsTable()).stream()
        .filter(s -> s.dataset().equals("binary"))
        .toList();
  }

  /** The thesis' binary dataset: five of each of 19,529 series, four fifths of the slices. */
  @Test
  void theThesisCountsComeOutOfItsSeries() {
    int series = 19_529;
    Pipeline pipeline =
        pipeline("split.unit=slice", "split.mode=exact", "split.test=0.2", "split.validation=0");
    var spark = pipeline.context().javaSpark();
    JavaRDD<Integer> numbers = spark.parallelize(IntStream.range(0, series).boxed().toList(), 8);
    fill(pipeline, new SlicesTable(), numbers.flatMap(s -> slices(s).iterator()));
    fill(
        pipeline,
        new LabelsTable(),
        numbers.flatMap(s -> slices(s).stream().map(i -> labels(i.imageId())).iterator()));

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(report.out()).isEqualTo(97_645);
    Map<String, Set<String>> sides = Map.of("train", new HashSet<>(), "test", new HashSet<>());
    Map<String, String> binary = new java.util.HashMap<>();
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
    assertThat(multilabel)
        .isNotEmpty()
        .allSatisfy(
            s -> {
              assertThat(labels(s.imageId()).has(Subtype.ANY)).isTrue();
              assertThat(s.split()).isEqualTo(binary.get(s.imageId()));
            });
    assertThat(report.facts().get("on two sides"))
        .as("a split by slice leaks, and says so")
        .matches("[\\d,]{5,} patients, [\\d,]{5,} series, equal images not known .*");
  }

  /** Five to nine slices, so that all have five middle ones. */
  private static List<Slice> slices(int series) {
    String patient = "ID_%08x".formatted(series);
    return IntStream.range(0, 5 + series % 5)
        .mapToObj(z -> SliceRows.at("ID_%06x%02x".formatted(series, z), patient, z))
        .toList();
  }

  /** A quarter of the images is positive. */
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

  /** A chain of 40 patients, each of whom shares an image with the next, and 40 who share none. */
  @Test
  void patientsWhoShareAnImageStayTogether() {
    List<Slice> slices = new ArrayList<>();
    for (int p = 0; p < 40; p++) {
      String chained = "ID_00000a%02d".formatted(p);
      String single = "ID_00000b%02d".formatted(p);
      for (int z = 0; z < 3; z++) {
        String shared = z == 0 ? "link " + p : z == 1 ? "link " + (p + 1) : chained;
        slices.add(slice(chained, z, SliceRows.pixels(shared)));
        // Images of air are alike and tie nobody to anybody.
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
        .containsEntry("patients joined", "39")
        .containsEntry("on two sides", "0 patients, 0 series, 0 equal images");

    JobReport bySlice = pipeline.run(new SelectSlicesJob(), "split.unit=slice");
    assertThat(bySlice.facts().get("on two sides"))
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
        .containsEntry("patients joined", "20")
        .containsEntry(
            "on two sides", "0 patients, 0 series, equal images not known (audit.depth = header)");
  }
}
