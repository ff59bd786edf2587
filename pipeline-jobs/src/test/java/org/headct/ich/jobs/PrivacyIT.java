package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.explore.ExploreJob;
import org.headct.ich.jobs.predict.PredictJob;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.ScoresTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.CanaryDump;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.headct.ich.jobs.testing.Haystack;
import org.headct.ich.jobs.testing.LogCapture;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that planted texts of a dump appear nowhere in what the stages from dump to tensors leave:
 * tables and their files, reports, event logs, logs, consoles. The stages run once in this JVM,
 * which keeps the log from INFO on, and once by the command line with a key.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PrivacyIT {
  private static final String KEY = "qzsecretkeyqz";

  @TempDir private static Path folder = Path.of("");

  private final CanaryDump dump = new CanaryDump();
  private final Haystack here = new Haystack("in this JVM");
  private final Haystack typed = new Haystack("by the command line");

  @BeforeAll
  void runBothWays() throws Exception {
    dump.write(Files.createDirectories(folder.resolve("dump")));
    dump.writeLabels(folder.resolve("labels.csv"));
    dump.canaries().add(KEY);
    runHere();
    runTyped();
  }

  private void runHere() throws IOException {
    Path events = Files.createDirectories(folder.resolve("events-here"));
    Map<String, String> recorded =
        Map.of("spark.eventLog.enabled", "true", "spark.eventLog.dir", events.toUri().toString());
    Path log = folder.resolve("here.log");
    try (LogCapture capture = new LogCapture(log)) {
      Pipeline pipeline =
          new Pipeline(
              TestSpark.session(recorded),
              folder.resolve("here"),
              settings().toArray(String[]::new));
      // The jobs here read everything. The typed commands read only headers.
      for (var job :
          List.of(
              new ReshapeLabelsJob(),
              new AuditDicomJob(),
              new SelectSlicesJob(),
              new BuildTensorsJob(),
              new ExploreJob(),
              sheet(),
              new TrainModelJob(),
              new PredictJob())) {
        pipeline.run(
            job,
            "audit.depth=pixels",
            // The dump has one patient.
            "split.test=0",
            "split.validation=0",
            "train.network=cnn4",
            "train.epochs=1");
      }
      // Stops the Spark that records, so that its event log is complete.
      TestSpark.session();
    }
    here.add("log", Files.readAllBytes(log));
    here.addFiles("events", events);
    keepFolders(here, "here");
  }

  private static ExploreJob sheet() {
    ExploreJob sheet = new ExploreJob();
    new picocli.CommandLine(sheet).parseArgs("--tensors", "6");
    return sheet;
  }

  private void runTyped() throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path events = Files.createDirectories(folder.resolve("events-typed"));
    CommandLine ich = new CommandLine(work).with(PseudonymKey.VARIABLE, KEY);
    for (String command : List.of("refresh", "explore")) {
      List<String> line = new ArrayList<>(List.of(command));
      Stream.concat(
              settings().stream(), Stream.of("warehouse", "models", "reports").map(this::place))
          .forEach(setting -> line.addAll(List.of("--set", setting)));
      line.addAll(
          List.of(
              "--",
              "--conf",
              "spark.eventLog.enabled=true",
              "--conf",
              "spark.eventLog.dir=" + events.toUri()));
      Result result = ich.run(line.toArray(String[]::new));
      assertThat(result.code()).as(String.join("\n", result.err())).isZero();
      typed.add("standard output of " + command, result.out());
      typed.add("standard error of " + command, result.err());
    }
    typed.addFiles("events", events);
    keepFolders(typed, "typed");
  }

  private String place(String name) {
    return name + ".path=" + folder.resolve("typed").resolve(name);
  }

  private static List<String> settings() {
    return List.of(
        "labels.input=" + folder.resolve("labels.csv"),
        "dicom.input=" + folder.resolve("dump"),
        "max-reject-ratio=0.9",
        "tensors.size=64");
  }

  private static Pipeline pipeline(String name) {
    return new Pipeline(
        TestSpark.session(), folder.resolve(name), settings().toArray(String[]::new));
  }

  private static void keepFolders(Haystack haystack, String name) throws IOException {
    haystack.addFiles("warehouse", folder.resolve(name).resolve("warehouse"));
    haystack.addFiles("reports", folder.resolve(name).resolve("reports"));
    haystack.addTables(pipeline(name).context().spark());
  }

  List<Haystack> ways() {
    return List.of(here, typed);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsPlantedComesOutNowhere(Haystack haystack) {
    Map<String, Set<String>> leaks = new TreeMap<>();
    for (String canary : dump.canaries()) {
      Set<String> places = haystack.placesOf(canary);
      if (!places.isEmpty()) {
        leaks.put(canary, places);
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(dump.canaries()).hasSizeGreaterThan(35);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSearchFindsWhatStandsThere(Haystack haystack) {
    assertThat(haystack.placesOf(CanaryDump.MANUFACTURER.toUpperCase(Locale.ROOT)))
        .contains("table slices")
        .anyMatch(place -> place.startsWith("table slices.files"))
        .anyMatch(place -> place.startsWith("reports/explore"));
    assertThat(haystack.placesOf(CanaryDump.imageId(3)))
        .contains("table labels", "table slices", "table selections", "table tensors");
    assertThat(haystack.placesOf("audit-dicom"))
        .anyMatch(place -> place.startsWith("reports/runs/"))
        .anyMatch(place -> place.startsWith("warehouse/slices/metadata/"));
    assertThat(haystack.placesOf("SparkListenerJobStart"))
        .anyMatch(place -> place.startsWith("events/"));
    assertThat(haystack.placesOf("ich.tensors"))
        .anyMatch(place -> place.equals("log") || place.startsWith("standard error"));
  }

  /** Object paths are stored only where objects are read again: common/domain/README.md. */
  @ParameterizedTest
  @MethodSource("ways")
  void namesOfFilesStandInTheAuditsTablesAlone(Haystack haystack) {
    assertThat(haystack.placesOf(CanaryDump.FILE_NAME))
        .contains("table slices", "table slice_findings")
        .allMatch(
            place ->
                place.matches("(table |warehouse/)slices([./].*)?")
                    || place.matches("(table |warehouse/)(slice|score)_findings([./].*)?"));
    assertThat(haystack.placesOf("are not pseudonyms"))
        .anyMatch(place -> place.startsWith("reports/runs/"));
  }

  /** The findings of a scored dump name objects as well: common/domain/README.md. */
  @Test
  void whatWasScoredIsUnderPseudonymsToo() {
    assertThat(here.placesOf(CanaryDump.FILE_NAME)).contains("table score_findings");
    assertThat(here.placesOf(CanaryDump.imageId(3)))
        .contains("table scores")
        .anyMatch(place -> place.startsWith("reports/predict-"));
    assertThat(pipeline("here").rows(new ScoresTable()))
        .extracting(ScoresTable.Score::imageId)
        .containsExactlyInAnyOrderElementsOf(
            pipeline("here").rows(new SlicesTable()).stream().map(Slice::imageId).toList());
  }

  @Test
  void realIdsComeOutAsTheirPseudonyms() {
    assertHashed("here", PseudonymKey.fromEnvironment());
    assertHashed("typed", KEY);
  }

  private static void assertHashed(String way, String key) {
    Pseudonyms pseudonyms = new Pseudonyms(key);
    List<Slice> slices = pipeline(way).rows(new SlicesTable());
    // The seven, two by file name, a capture, and one whose NumberOfFrames is no number.
    assertThat(slices).hasSize(11);
    assertThat(slices)
        .allSatisfy(
            slice -> {
              assertThat(slice.imageId()).matches("ID_[0-9a-f]+");
              assertThat(slice.identity().patientId())
                  .isEqualTo(pseudonyms.of(CanaryDump.PATIENT_ID));
              assertThat(slice.identity().studyId()).isEqualTo(pseudonyms.of(CanaryDump.STUDY_UID));
              assertThat(slice.identity().seriesId())
                  .isEqualTo(pseudonyms.of(CanaryDump.SERIES_UID));
            });
    assertThat(pipeline(way).rows(new TensorsTable())).isNotEmpty();
  }

  @Test
  void theBrokenObjectsWereMetAsMeant() {
    for (String way : List.of("here", "typed")) {
      assertThat(
              pipeline(way).rows(new SliceFindingsTable()).stream()
                  .filter(SliceFindingsTable.Entry::rejected)
                  .map(SliceFindingsTable.Entry::reason))
          .containsExactlyInAnyOrderElementsOf(CanaryDump.REJECTED);
    }
  }
}
