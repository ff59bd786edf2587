package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.batch.TensorBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of several datasets in one run, each with tensors of its own form. */
class TensorFormsIT {
  private static final int SIZE = 64;
  private static final int PLANE = SIZE * SIZE;
  private static final TensorsTable TENSORS = new TensorsTable();

  @TempDir private Path folder = Path.of("");

  private Path dump = folder;
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeEach
  void select() {
    dump = folder.resolve("dump");
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            dump,
            "phantoms.patients=6",
            "phantoms.slices=7",
            "phantoms.size=" + SIZE,
            "phantoms.prevalence=0.5",
            "split.test=0.3",
            "select.rule=fraction",
            "select.middle-fraction=1",
            "tensors.size=" + SIZE,
            "tensors.windows=brain,bone",
            "tensors.row-group-rows=8",
            "tensors.file-rows=16",
            "max-reject-ratio=0.5",
            "datasets.beside.images=all",
            "datasets.beside.tensors.adjacent-slices=true",
            "datasets.floats.images=all",
            "datasets.floats.tensors.values=float32",
            "datasets.standard.images=all",
            "datasets.standard.tensors.values=standardised",
            "datasets.hybrid.images=all",
            "datasets.hybrid.select.balance=hybrid",
            "select.datasets=binary,beside,floats,standard,hybrid",
            "tensors.datasets=binary,beside,floats,standard,hybrid");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob());
    pipeline.run(new SelectSlicesJob());
  }

  @Test
  @Tag("nightly")
  void eachIsWhatItsSettingsSay() {
    pipeline.run(new BuildTensorsJob());
    Map<String, Tensor> tensors = tensors();

    assertNeighboursAreChannels(tensors);
    assertFloatsAreNotQuantised(tensors);
    assertTrainingPartHasMeanZeroAndVarianceOne(tensors);
    assertCopiesRepeatNoBytes(tensors);
    // Valid moments are not measured again, and tensors that have them are not built again.
    assertThat(pipeline.run(new BuildTensorsJob()).outcome()).startsWith("nothing new");
  }

  private void assertNeighboursAreChannels(Map<String, Tensor> tensors) {
    Map<String, Selection> selections = new TreeMap<>();
    for (Selection s : pipeline.rows(new SelectionsTable())) {
      if (s.dataset().equals("beside")) {
        selections.put(s.imageId(), s);
      }
    }
    assertThat(selections).hasSize(6 * 7);
    for (Selection s : selections.values()) {
      Tensor tensor = tensor(tensors, "beside", s.imageId());
      assertThat(tensor.form().windows())
          .isEqualTo(
              "brain:40/80@-1,bone:600/2800@-1,brain:40/80,bone:600/2800,brain:40/80@+1,bone:600/2800@+1");
      assertThat(tensor.form().channels()).isEqualTo(6);
      String before = s.previousImageId() == null ? s.imageId() : s.previousImageId();
      String after = s.nextImageId() == null ? s.imageId() : s.nextImageId();
      byte[] expected =
          concat(
              tensor(tensors, "binary", before).pixels(),
              tensor(tensors, "binary", s.imageId()).pixels(),
              tensor(tensors, "binary", after).pixels());
      assertThat(tensor.pixels()).as(s.toString()).isEqualTo(expected);
    }
    assertThat(selections.values()).filteredOn(s -> s.previousImageId() == null).hasSize(6);
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  private static void assertFloatsAreNotQuantised(Map<String, Tensor> tensors) {
    long between = 0;
    for (Tensor tensor : of("floats", tensors)) {
      assertThat(tensor.form().valueType()).isEqualTo("float32");
      byte[] grey = tensor(tensors, "binary", tensor.place().imageId()).pixels();
      float[] values = floats(tensor);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isBetween(0f, 1f);
        assertThat(values[i] * 255.0).isCloseTo(grey[i] & 0xFF, within(0.5001));
        between += values[i] * 255.0 != Math.rint(values[i] * 255.0) ? 1 : 0;
      }
      assertLooksLike(tensor, grey);
    }
    assertThat(between).isGreaterThan(1000);
  }

  /** Checks the pixels. Values between two grey levels may round to either. */
  private static void assertLooksLike(Tensor tensor, byte[] grey) {
    byte[] seen = tensor.grey();
    assertThat(seen).hasSameSizeAs(grey);
    int worst = 0;
    for (int i = 0; i < grey.length; i++) {
      worst = Math.max(worst, Math.abs((seen[i] & 0xFF) - (grey[i] & 0xFF)));
    }
    assertThat(worst).isLessThanOrEqualTo(1);
  }

  /** Compares with the moments that a library computes over the dataset without standardisation. */
  private static void assertTrainingPartHasMeanZeroAndVarianceOne(Map<String, Tensor> tensors) {
    SummaryStatistics[] plain = {new SummaryStatistics(), new SummaryStatistics()};
    SummaryStatistics[] standard = {new SummaryStatistics(), new SummaryStatistics()};
    SummaryStatistics[] held = {new SummaryStatistics(), new SummaryStatistics()};
    for (Tensor tensor : of("standard", tensors)) {
      boolean training = tensor.place().split().equals("train");
      add(training ? standard : held, floats(tensor));
      if (training) {
        add(plain, floats(tensor(tensors, "floats", tensor.place().imageId())));
      }
    }
    String text = Objects.requireNonNull(of("standard", tensors).get(0).form().standardised());
    List<Standardisation.Channel> moments = Standardisation.parse(text).channels();
    for (int c = 0; c < 2; c++) {
      assertThat(moments.get(c).mean()).isCloseTo(plain[c].getMean(), within(1e-9));
      assertThat(moments.get(c).deviation())
          .isCloseTo(Math.sqrt(plain[c].getPopulationVariance()), within(1e-9));
      assertThat(standard[c].getMean()).isCloseTo(0, within(1e-5));
      assertThat(standard[c].getPopulationVariance()).isCloseTo(1, within(1e-5));
      assertThat(Math.abs(held[c].getMean())).isGreaterThan(1e-4);
    }
    assertThat(of("standard", tensors)).allMatch(t -> text.equals(t.form().standardised()));
    for (Tensor tensor : of("standard", tensors)) {
      assertLooksLike(tensor, tensor(tensors, "binary", tensor.place().imageId()).pixels());
    }
  }

  private static void add(SummaryStatistics[] channels, float[] values) {
    for (int i = 0; i < values.length; i++) {
      channels[i / PLANE].addValue(values[i]);
    }
  }

  private void assertCopiesRepeatNoBytes(Map<String, Tensor> tensors) {
    long copies =
        pipeline.rows(new SelectionsTable()).stream()
            .filter(s -> s.dataset().equals("hybrid") && s.split().equals("train"))
            .mapToLong(Selection::copies)
            .sum();
    long rows =
        of("hybrid", tensors).stream().filter(t -> t.place().split().equals("train")).count();
    assertThat(copies).isGreaterThan(rows);
    TensorPlan plan =
        TensorBatches.plan(
            pipeline.context(), pipeline.warehouse().snapshot(TENSORS), "hybrid", "train");
    assertThat(plan.rows()).isEqualTo(rows);
    assertThat(plan.examples()).isEqualTo(copies);
    assertThat(plan.epoch(4, 7, 1).stream().mapToLong(ref -> ref.rows()).sum()).isEqualTo(copies);
    assertThat(plan.batches(4).stream().mapToLong(ref -> ref.rows()).sum()).isEqualTo(rows);
  }

  /** A tensor that would show a damaged slice is not made, and its finding names that slice. */
  @Test
  void aDamagedNeighbourIsNamed() throws IOException {
    Selection middle =
        pipeline.rows(new SelectionsTable()).stream()
            .filter(s -> s.dataset().equals("beside") && s.position() == 3)
            .findFirst()
            .orElseThrow();
    Path file = dump.resolve(PhantomDump.FOLDER).resolve(middle.imageId() + ".dcm");
    // The file keeps the size that the audit saw. A shorter file would count as a storage fault.
    Files.write(file, new byte[(int) Files.size(file)]);

    JobReport report = pipeline.run(new BuildTensorsJob(), "tensors.datasets=beside");

    assertThat(report.rejected()).isEqualTo(Map.of("NOT_DICOM", 3L));
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .filteredOn(f -> f.job().equals("build-tensors"))
        .hasSize(3)
        .allMatch(f -> f.object().endsWith(middle.imageId() + ".dcm"))
        .filteredOn(f -> f.detail().startsWith("neighbouring slice " + middle.imageId()))
        .extracting(SliceFindingsTable.Entry::imageId)
        .containsExactlyInAnyOrder(middle.previousImageId(), middle.nextImageId());
  }

  private Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Tensor tensor : pipeline.rows(TENSORS)) {
      String key = tensor.place().dataset() + " " + tensor.place().imageId();
      assertThat(tensors.put(key, tensor)).as("written twice: %s", key).isNull();
    }
    return tensors;
  }

  private static List<Tensor> of(String dataset, Map<String, Tensor> tensors) {
    List<Tensor> found =
        tensors.values().stream().filter(t -> t.place().dataset().equals(dataset)).toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String dataset, String imageId) {
    return Objects.requireNonNull(tensors.get(dataset + " " + imageId), dataset + " " + imageId);
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[tensor.pixels().length / Float.BYTES];
    ByteBuffer.wrap(tensor.pixels()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
