package org.headct.ich.jobs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.ct.Rescale;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of six real series of the competition, read in place from their archive beside the
 * repository. Skipped with a message if the archive is absent. Copyright RSNA, 2019; Flanders AE et
 * al., Radiology: Artificial Intelligence 2020, 10.1148/ryai.2020190211.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RsnaSampleIT {
  /**
   * Number of images of each series, by the archive's description. Ten middle slices show a
   * haemorrhage.
   */
  private static final Map<String, Integer> SERIES_SLICES =
      Map.of(
          "ID_02033fb12e", 34,
          "ID_0ab5820b2a", 32,
          "ID_44cfc8e964", 33,
          "ID_6254afb327", 32,
          "ID_72952d87fa", 36,
          "ID_7518324893", 34);

  @TempDir private static Path folder = Path.of("");

  private Path archive = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);
  private final List<JobReport> reports = new ArrayList<>();

  @BeforeAll
  void runAll() {
    archive = Repository.sharedData("rsna-sample.zip");
    pipeline =
        new Pipeline(
            TestSpark.session(),
            folder,
            "labels.input=" + archive,
            "dicom.input=" + archive,
            "audit.depth=pixels");
    reports.add(pipeline.run(new ReshapeLabelsJob()));
    reports.add(pipeline.run(new AuditDicomJob()));
    reports.add(pipeline.run(new SelectSlicesJob()));
    reports.add(pipeline.run(new BuildTensorsJob()));
  }

  @Test
  void nothingIsRejected() {
    assertThat(reports).allSatisfy(report -> assertThat(report.rejected()).isEmpty());
    assertThat(reports).extracting(JobReport::in).containsExactly(1206L, 201L, 30L, 40L);
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .filteredOn(SliceFindingsTable.Entry::rejected)
        .isEmpty();
  }

  @Test
  void labelsAreThoseOfTheFile() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile());
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    zip.getInputStream(zip.getEntry("stage_2_train.csv")),
                    StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("[_,]");
        expected.put("ID_" + parts[1] + " " + parts[2], parts[3]);
      }
    }
    Map<String, String> found = new TreeMap<>();
    for (ImageLabels labels : pipeline.rows(new LabelsTable())) {
      for (Subtype subtype : Subtype.ALL) {
        found.put(
            labels.imageId() + " " + subtype.column(), Integer.toString(labels.value(subtype)));
      }
    }

    assertThat(found).hasSize(1206).isEqualTo(expected);
  }

  @Test
  void seriesAreThoseOfTheDescription() {
    Map<String, Integer> sizes = new HashMap<>();
    for (Slice slice : pipeline.rows(new SlicesTable())) {
      sizes.merge(slice.identity().seriesId(), 1, Integer::sum);
    }

    assertThat(sizes).isEqualTo(SERIES_SLICES);
  }

  /** Axial series of a head have the same order along the normal and by z, whatever the tilt. */
  @Test
  void theMiddleSlicesAreTheMiddleByHeight() {
    Map<String, List<Slice>> series = new HashMap<>();
    for (Slice slice : pipeline.rows(new SlicesTable())) {
      series.computeIfAbsent(slice.identity().seriesId(), id -> new ArrayList<>()).add(slice);
    }
    Map<String, String> expected = new TreeMap<>();
    for (List<Slice> slices : series.values()) {
      slices.sort(
          Comparator.comparingDouble((Slice s) -> s.geometry().imagePositionMm().get(2))
              .thenComparing(Slice::imageId));
      int start = (slices.size() - 5) / 2;
      for (int i = start; i < start + 5; i++) {
        expected.put(slices.get(i).imageId(), i + " of " + slices.size());
      }
    }

    Map<String, String> found =
        pipeline.rows(new SelectionsTable()).stream()
            .filter(s -> s.dataset().equals("binary"))
            .collect(toMap(Selection::imageId, s -> s.position() + " of " + s.seriesSlices()));
    assertThat(found).hasSize(30).isEqualTo(expected);
  }

  @Test
  void aPatientHasOneSide() {
    Map<String, String> sides = new HashMap<>();
    for (Selection s : pipeline.rows(new SelectionsTable())) {
      String before = sides.put(s.patientId(), s.split());
      assertThat(before == null || before.equals(s.split())).as("sides of a patient").isTrue();
    }
    assertThat(sides).hasSize(6);
  }

  /** Checks HU of air, brain and bone: a middle slice is mostly brain in a skull. */
  @Test
  void hounsfieldUnitsAreThoseOfAHead() throws IOException, DicomDefectException {
    DicomReader reader = new BuiltinDicomReader();
    Map<String, Slice> slices =
        pipeline.rows(new SlicesTable()).stream().collect(toMap(Slice::imageId, s -> s));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Selection s : pipeline.rows(new SelectionsTable())) {
        Slice slice = Objects.requireNonNull(slices.get(s.imageId()));
        byte[] object = zip.getInputStream(zip.getEntry(slice.location().member())).readAllBytes();
        DicomHeader header = reader.header(object);
        HuImage image = Rescale.apply(reader.pixels(object, header, 0), header).image();
        long air = count(image, -1100, -900);
        long brain = count(image, 10, 60);
        long bone = count(image, 700, 2200);
        long all = image.hu().length;
        assertThat((double) air / all).as("air of %s", s.imageId()).isBetween(0.2, 0.75);
        assertThat((double) brain / all).as("brain of %s", s.imageId()).isBetween(0.05, 0.5);
        assertThat((double) bone / all).as("bone of %s", s.imageId()).isBetween(0.01, 0.15);
        assertThat(slice.content().minHu()).isBetween(-1100.0, -900.0);
        assertThat(slice.content().maxHu()).isBetween(1000.0, 3100.0);
        assertThat(slice.content().brainShare()).isBetween(0.1, 0.5);
      }
    }
  }

  @Test
  void headersAloneGiveTheSameCatalogue() {
    Pipeline headers =
        new Pipeline(TestSpark.session(), folder.resolve("headers"), "dicom.input=" + archive);

    JobReport report = headers.run(new AuditDicomJob());

    assertThat(report.out()).isEqualTo(201);
    assertThat(headers.rows(new SlicesTable()))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("content")
        .containsExactlyInAnyOrderElementsOf(pipeline.rows(new SlicesTable()));
  }

  private static long count(HuImage image, float from, float to) {
    long n = 0;
    for (float hu : image.hu()) {
      n += hu >= from && hu <= to ? 1 : 0;
    }
    return n;
  }

  @Test
  void tensorsAreThreeWindowsOf256() {
    List<TensorsTable.Tensor> tensors = pipeline.rows(new TensorsTable());

    assertThat(tensors)
        .hasSameSizeAs(pipeline.rows(new SelectionsTable()))
        .allSatisfy(
            t -> {
              assertThat(List.of(t.form().channels(), t.form().height(), t.form().width()))
                  .containsExactly(3, 256, 256);
              assertThat(t.pixels()).hasSize(3 * 256 * 256);
              assertThat(t.form().windows()).isEqualTo("bone:600/2800,brain:40/80,subdural:80/200");
              // The corner is air and black in every window. The middle is in the head.
              assertThat(t.pixels()[256 * 256]).isZero();
              assertThat(t.pixels()[256 * 256 + 128 * 256 + 128]).isNotZero();
            });
  }

  /**
   * Six patients are too few to learn from. The test shows only that training and evaluation run to
   * their end.
   */
  @Test
  @Tag("nightly")
  void aModelIsTrainedAndEvaluatedOnThem() {
    pipeline.run(new TrainModelJob(), "train.run=sample", "train.epochs=1", "train.batch-size=8");
    JobReport report =
        pipeline.run(
            new EvaluateModelJob(),
            "evaluate.run=sample",
            "evaluate.split=train",
            "evaluate.bootstrap=100");

    assertThat(report.outcome()).contains("sample on train");
    assertThat(pipeline.rows(new PredictionsTable()))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.score()).isBetween(0.0, 1.0));
    assertThat(folder.resolve("reports/evaluation-sample.html"))
        .content()
        .contains("real patients", "Not for clinical use");
  }
}
