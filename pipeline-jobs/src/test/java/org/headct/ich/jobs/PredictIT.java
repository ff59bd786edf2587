package org.headct.ich.jobs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.predict.PredictJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.PredictionsTable.Prediction;
import org.headct.ich.jobs.table.ScoreFindingsTable;
import org.headct.ich.jobs.table.ScoresTable;
import org.headct.ich.jobs.table.ScoresTable.Score;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.CtHeaders;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the scores of a dump by two runs that take different tensors. */
@TestInstance(Lifecycle.PER_CLASS)
class PredictIT {
  private static final String SIX = "predict.run=six";
  private static final String FIVE = "predict.run=five";
  private static final int PATIENTS = 10;
  private static final int SLICES = 6;

  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);
  private Path dump = Path.of("");

  @BeforeAll
  void twoRuns() {
    dump = folder.resolve("dump");
    List<String> settings =
        new ArrayList<>(
            List.of(
                "phantoms.patients=" + PATIENTS,
                "phantoms.slices=" + SLICES,
                "phantoms.spacing-mm=8",
                "phantoms.size=96",
                "phantoms.prevalence=0.8",
                "phantoms.defects=not-dicom,localizer",
                "train.network=cnn4",
                "train.epochs=1",
                "train.batch-size=8",
                "evaluate.bootstrap=100",
                "evaluate.pictures=0",
                "evaluate.heat-maps=0",
                "evaluate.robustness=0",
                "tensors.size=64",
                "max-reject-ratio=0.1"));
    for (String own : List.of("adjacent-slices=true", "head-mask=true", "values=standardised")) {
      settings.add("datasets.binary.tensors." + own);
    }
    pipeline =
        Pipeline.overPhantoms(TestSpark.session(), folder, dump, settings.toArray(String[]::new));
    pipeline.run(new MakePhantomsJob());
    pipeline.run(Pipeline.refreshJob());
    pipeline.run(new TrainModelJob(), "train.run=six", "train.head=all", "train.crop=1");
    pipeline.run(new TrainModelJob(), "train.run=five", "train.dataset=multilabel");
  }

  private List<Score> scores(String run, String name) {
    return pipeline.rows(new ScoresTable()).stream()
        .filter(score -> score.run().equals(run) && score.dump().equals(name))
        .toList();
  }

  /** Scoring takes windows, neighbours, mask, moments and crop only from the run. */
  @Test
  void scoresAreThoseOfTheEvaluation() throws IOException {
    // This run was trained with another crop. The user need not set it.
    JobReport report = pipeline.run(new PredictJob(), SIX, "predict.dump=same", "predict.pages=0");
    pipeline.run(new PredictJob(), FIVE, "predict.dump=same", "predict.pages=0");

    for (String run : List.of("six", "five")) {
      List<Score> scores = scores(run, "same");
      Map<String, Double> predicted =
          scores.stream().collect(toMap(s -> s.imageId() + " " + s.finding(), Score::score));
      pipeline.run(new EvaluateModelJob(), "evaluate.run=" + run);
      List<Prediction> evaluated =
          pipeline.rows(new PredictionsTable()).stream().filter(p -> p.run().equals(run)).toList();
      assertThat(evaluated).isNotEmpty();
      for (Prediction one : evaluated) {
        assertThat(predicted.get(one.imageId() + " " + one.finding()))
            .as("%s of %s by %s", one.finding(), one.imageId(), run)
            .isCloseTo(one.score(), within(1e-6));
      }
      Map<String, Integer> places = new TreeMap<>();
      scores.stream()
          .filter(score -> score.position() != null)
          .forEach(score -> places.put(score.imageId(), score.position()));
      pipeline
          .rows(new TensorsTable())
          .forEach(
              t -> assertThat(places).containsEntry(t.place().imageId(), t.place().position()));
    }

    Set<String> slices =
        pipeline.rows(new SlicesTable()).stream().map(SlicesTable.Slice::imageId).collect(toSet());
    Map<String, Set<String>> findings =
        scores("six", "same").stream()
            .collect(groupingBy(Score::imageId, mapping(Score::finding, toSet())));
    assertThat(findings.keySet()).isEqualTo(slices);
    assertThat(findings.values()).allMatch(each -> each.size() == Subtype.ALL.size());
    assertThat(scores("six", "same")).filteredOn(s -> s.position() == null).hasSize(6);
    assertThat(report.in()).isEqualTo(slices.size() + 1);
    assertThat(report.out()).isEqualTo(slices.size());
    assertThat(report.rejected()).isEqualTo(Map.of("NOT_DICOM", 1L));
    assertThat(report.facts())
        .containsEntry("without a position", "1 slices, scored all the same: OTHER_ORIENTATION 1")
        .hasEntrySatisfying("scoring", speed -> assertThat(speed).endsWith(" s a scan"));
    assertThat(pipeline.rows(new ScoreFindingsTable()))
        .filteredOn(e -> e.run().equals("six") && e.dump().equals("same") && e.rejected())
        .singleElement()
        .satisfies(entry -> assertThat(entry.object()).endsWith(entry.imageId() + ".dcm"));
    assertSubmission(scores("six", "same"));
    assertThat(folder.resolve("reports/submission-five-same.csv")).doesNotExist();
  }

  /** Checks six lines for each image, in the competition's order, with the table's values. */
  private static void assertSubmission(List<Score> scores) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("reports/submission-six-same.csv"));
    assertThat(lines.get(0)).isEqualTo("ID,Label");
    assertThat(lines.subList(1, 7))
        .extracting(line -> line.replaceFirst("ID_[0-9a-f]+_(.*),.*", "$1"))
        .isEqualTo(Subtype.ALL.stream().map(Subtype::column).toList());
    Map<String, Float> submitted = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(",");
      assertThat(submitted.put(parts[0], Float.valueOf(parts[1]))).as(parts[0]).isNull();
    }
    assertThat(submitted)
        .isEqualTo(
            scores.stream()
                .collect(toMap(s -> s.imageId() + "_" + s.finding(), s -> (float) s.score())));
  }

  /**
   * Scoring the same dump again gives the same scores. A withdrawn patient disappears from scores
   * and pages.
   */
  @Test
  void aRerunReplacesWhatItWrote() throws IOException {
    String[] settings = {SIX, "predict.dump=again", "predict.pages=3", "predict.pictures=1"};
    JobReport report = pipeline.run(new PredictJob(), settings);
    assertThat(report.facts())
        .containsEntry("scans", PATIENTS + ", 3 of them with a page of their own");
    List<Score> first = scores("six", "again");
    String list = Files.readString(folder.resolve("reports/predict-six-again.html"));
    List<String> pages = pages("again");
    assertThat(pages).hasSize(3);
    assertThat(list).contains("Not for clinical use", "synthetic phantoms");
    for (String page : pages) {
      assertThat(list).contains("href=\"predict-six-again/" + page + "\"");
      assertThat(folder.resolve("reports/predict-six-again").resolve(page))
          .content()
          .contains("href=\"../predict-six-again.html\"", "Not for clinical use", "any 0.")
          .contains("data:image/png", "window brain:40/80@+1");
    }

    String shown = pages.get(0).replace(".html", "");
    String patient =
        first.stream().filter(s -> s.scanId().equals(shown)).findAny().orElseThrow().patientId();
    Path withdrawn = Files.writeString(folder.resolve("withdrawn.txt"), patient + "\n");
    JobReport without =
        pipeline.run(
            new PredictJob(),
            Stream.concat(Stream.of(settings), Stream.of("withdrawals.input=" + withdrawn))
                .toArray(String[]::new));
    assertThat(without.rejected()).containsKey("WITHDRAWN");
    assertThat(without.in()).isEqualTo(without.out() + without.rejects());
    Map<String, Score> others =
        first.stream()
            .filter(score -> !score.patientId().equals(patient))
            .collect(toMap(s -> s.imageId() + " " + s.finding(), s -> s));
    assertThat(scores("six", "again"))
        .hasSize(others.size())
        .allSatisfy(
            score ->
                assertThat(score)
                    .usingRecursiveComparison()
                    .withComparatorForType(
                        (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b), Double.class)
                    .isEqualTo(others.get(score.imageId() + " " + score.finding())));
    assertThat(pages("again")).hasSize(3).doesNotContain(pages.get(0));
    assertThat(folder.resolve("reports/predict-six-again.html")).content().doesNotContain(shown);
  }

  private static List<String> pages(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("reports/predict-six-" + name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".html"))
          .sorted()
          .toList();
    }
  }

  /**
   * Scores a second dump. An object whose damage shows only in its pixels has no score, and is
   * counted.
   */
  @Test
  void damagedObjectsAreCountedAndListed() throws IOException {
    Path archive = folder.resolve("new.zip");
    int objects = archiveWithDamage(archive);
    String[] settings = {SIX, "dicom.input=" + archive, "predict.pages=0", "max-reject-ratio=0.9"};

    assertThatThrownBy(() -> pipeline.run(new PredictJob(), SIX, settings[1], "max-reject-ratio=0"))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContaining("DAMAGED_MEMBER=2")
        .hasMessageContaining("nothing was published");
    assertThat(pipeline.warehouse().exists(new ScoresTable()) && !named(archive).isEmpty())
        .isFalse();
    JobReport report = pipeline.run(new PredictJob(), settings);

    // Its neighbour in the series shows the damaged slice too.
    assertThat(report.rejected()).isEqualTo(Map.of("DAMAGED_MEMBER", 2L));
    assertThat(report.in()).isEqualTo(objects);
    assertThat(report.out()).isEqualTo(objects - 2);
    assertThat(named(archive))
        .hasSize(2)
        .allMatch(ScoreFindingsTable.Entry::rejected)
        .anyMatch(entry -> entry.detail().startsWith("neighbouring slice ID_"));
    String name = Objects.requireNonNull(report.facts().get("dump"));
    assertThat(scores("six", name)).hasSize(Subtype.ALL.size() * (objects - 2));
    assertThat(report.facts().get("scans")).isEqualTo("1, 0 of them with a page of their own");
  }

  /**
   * Compressed objects in an odd folder have the scores of the plain ones; a viewer is no damage.
   */
  @Test
  void aCdIsScoredLikeTheObjectsOnIt() throws IOException {
    Path cd = Files.createDirectories(folder.resolve("cd"));
    Path odd = Files.createDirectories(cd.resolve("_Head 5.0"));
    List<SlicesTable.Slice> slices = pipeline.rows(new SlicesTable());
    for (SlicesTable.Slice slice : slices) {
      try (OutputStream file = Files.newOutputStream(odd.resolve(slice.imageId() + ".dcm.gz"));
          OutputStream gzip = new GZIPOutputStream(file)) {
        Files.copy(Path.of(URI.create(slice.location().uri())), gzip);
      }
    }
    for (int i = 0; i < slices.size(); i++) {
      Files.write(cd.resolve("viewer" + i + ".dll"), new byte[] {'M', 'Z', 0, 0});
    }
    String[] own = {SIX, "predict.pages=0", "predict.dump=plain"};
    pipeline.run(new PredictJob(), own);

    JobReport report =
        pipeline.run(
            new PredictJob(), SIX, "predict.pages=0", "predict.dump=cd", "dicom.input=" + cd);

    assertThat(report.rejected()).isEqualTo(Map.of("OTHER_FILE", (long) slices.size()));
    assertThat(report.out()).isEqualTo(slices.size());
    assertThat(report.facts().get("set aside")).contains("damaged: 0 of the other");
    assertThat(byImage("cd")).isEqualTo(byImage("plain")).isNotEmpty();
  }

  private Map<String, Double> byImage(String name) {
    return scores("six", name).stream()
        .collect(toMap(s -> s.imageId() + " " + s.finding(), Score::score));
  }

  private List<ScoreFindingsTable.Entry> named(Path archive) {
    return pipeline.rows(new ScoreFindingsTable()).stream()
        .filter(entry -> entry.object().contains(archive.getFileName().toString()))
        .toList();
  }

  /**
   * Writes the slices of a series as stored members. The lowest one has a byte that does not match
   * its checksum.
   */
  private int archiveWithDamage(Path archive) throws IOException {
    Map<String, List<SlicesTable.Slice>> series =
        pipeline.rows(new SlicesTable()).stream()
            .collect(groupingBy(slice -> slice.identity().seriesId()));
    List<SlicesTable.Slice> whole =
        series.values().stream().filter(each -> each.size() == SLICES).findFirst().orElseThrow();
    String lowest =
        whole.stream().min((a, b) -> Double.compare(z(a), z(b))).orElseThrow().imageId();
    byte[] last = {};
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (SlicesTable.Slice slice : whole) {
        byte[] bytes = Files.readAllBytes(Path.of(URI.create(slice.location().uri())));
        ZipEntry entry = new ZipEntry(slice.imageId() + ".dcm");
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        last = slice.imageId().equals(lowest) ? bytes : last;
      }
    }
    byte[] stored = Files.readAllBytes(archive);
    int at = find(stored, last) + last.length - 1;
    stored[at] ^= 1;
    Files.write(archive, stored);
    return whole.size();
  }

  private static double z(SlicesTable.Slice slice) {
    return slice.geometry().imagePositionMm().get(2);
  }

  private static int find(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalStateException("the object is not stored in the archive");
  }

  /** A scout, a coronal series and maps are scored and named, and decide nothing. */
  @Test
  void imagesThatAreNotAxialDecideNoSuspicion() throws IOException {
    Path kinds = Files.createDirectories(folder.resolve("kinds"));
    double[] coronal = {1, 0, 0, 0, 0, -1};
    for (int i = 0; i < SLICES; i++) {
      write(kinds, "ID_0000000a%02d".formatted(i), "1.9.1", "", CtHeaders.axial(96, 5.0 * i));
      write(
          kinds,
          "ID_0000000b%02d".formatted(i),
          "1.9.1",
          "",
          CtHeaders.axial(96, 0)
              .imageOrientation(coronal)
              .imagePositionMm(new double[] {0, 5 * i, 0}));
      write(
          kinds,
          "ID_0000000c%02d".formatted(i),
          "1.9.2",
          "DERIVED\\SECONDARY\\CBF",
          CtHeaders.axial(96, 5.0 * i));
    }
    String[] settings = {SIX, "predict.dump=kinds", "dicom.input=" + kinds, "predict.pages=2"};

    JobReport report = pipeline.run(new PredictJob(), settings);

    assertThat(report.out()).isEqualTo(3 * SLICES);
    assertThat(report.facts())
        .containsEntry("without a position", "12 slices, scored all the same: NOT_AXIAL 12");
    assertThat(scores("six", "kinds"))
        .hasSize(Subtype.ALL.size() * 3 * SLICES)
        .allMatch(s -> s.imageId().startsWith("ID_0000000a") == (s.position() != null));
    assertThat(named(kinds))
        .filteredOn(entry -> entry.reason().equals("NOT_AXIAL"))
        .hasSize(12)
        .allMatch(entry -> !entry.rejected() && entry.object().contains(entry.imageId()));
    String list = Files.readString(folder.resolve("reports/predict-six-kinds.html"));
    assertThat(list)
        .contains("Only images of the kinds in select.kinds count (axial).")
        .contains("ID_0000000a")
        .doesNotContain("ID_0000000b", "ID_0000000c");

    JobReport asked =
        pipeline.run(
            new PredictJob(),
            Stream.concat(Stream.of(settings), Stream.of("select.kinds=axial,reformat,map"))
                .toArray(String[]::new));
    assertThat(asked.facts()).containsEntry("without a position", "0 slices");
  }

  private static void write(
      Path folder, String image, String study, String type, DicomHeaderBuilder header)
      throws IOException {
    short[] pixels = new short[96 * 96];
    pixels[0] = (short) image.hashCode();
    DicomHeader whole =
        header
            .sopInstanceUid(image)
            .patientId("P")
            .studyInstanceUid(study)
            .seriesInstanceUid("%s.%d".formatted(study, (int) image.charAt(10)))
            .acquisition(Acquisition.NONE.withImageType(type))
            .build();
    Files.write(
        folder.resolve(image + ".dcm"),
        DicomWriter.write(whole, new StoredPixels(96, 96, true, pixels)));
  }

  @Test
  void settingsOfOnesOwnThatTheRunContradictsAreRefused() {
    assertThatThrownBy(() -> pipeline.run(new PredictJob(), FIVE, "tensors.windows=brain"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "run five was trained with other settings: tensors.windows = brain:40/80"
                + " (--set tensors.windows=brain), but the run has"
                + " bone:600/2800,brain:40/80,subdural:80/200."
                + " Remove them, or name a run that was trained with them");
    assertThatThrownBy(() -> pipeline.run(new PredictJob(), SIX, "train.crop=0.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.crop = 0.5 (--set train.crop=0.5), but the run has 1.0");
    assertThatThrownBy(() -> pipeline.run(new PredictJob(), "predict.run=nothere"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no trained run nothere");
  }

  /** A run of an earlier release has fewer settings in its file. Resuming it adds them. */
  @Test
  void aRunThatDoesNotSayHowItsTensorsWereMadeIsRefused() throws IOException {
    Path old = Files.createDirectories(folder.resolve("models/old"));
    try (Stream<Path> files = Files.list(folder.resolve("models/five"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, old.resolve(file.getFileName()));
      }
    }
    File file = old.resolve("run.json").toFile();
    ObjectMapper json = new ObjectMapper();
    ObjectNode run = (ObjectNode) json.readTree(file);
    assertThat(run.at("/preprocessing/recipe").asText()).endsWith(" uint8 v1");
    JsonNode kept = run.remove("preprocessing");
    json.writeValue(file, run.put("run", "old"));

    assertThatThrownBy(() -> pipeline.run(new PredictJob(), "predict.run=old"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("run old does not say how its tensors were made")
        .hasMessageContaining("train-model --set train.run=old --set train.resume=true");

    pipeline.run(
        new TrainModelJob(), "train.run=old", "train.dataset=multilabel", "train.resume=true");
    assertThat(json.readTree(file).get("preprocessing")).isEqualTo(kept);
    assertThat(new PredictJob().plan(pipeline.context("predict.run=old")).writes())
        .anyMatch(line -> line.startsWith("ich.scores, run old, dump "));
  }
}
