package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.common.error.DataRefusedException;
import org.headct.ich.common.error.UserException;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.run.JobReport.Changes;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.StagedTable;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.jobs.testing.DyingFileSystem;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new dump brings the tables to what they would be if it had been read at once: by reading what
 * is new alone, however often the run was killed, and with another run beside it.
 */
class RefreshIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SlicesTable SLICES = new SlicesTable();

  private static final List<String> TABLES =
      List.of("labels", "slices", "slice_findings", "selections", "tensors");

  private static final long STAGES = 4;

  /** Each commit of a refresh is a place to die before and after. */
  private static final int LEAST_KILLS = 10;

  @TempDir private Path folder = Path.of("");

  private Path dump = folder;
  private Path files = folder;
  private Path labels = folder;

  @BeforeEach
  void makeDump() {
    dump = folder.resolve("dump");
    files = dump.resolve(PhantomDump.FOLDER);
    labels = dump.resolve(PhantomDump.LABELS);
    pipeline("made").run(new MakePhantomsJob());
  }

  @AfterEach
  void heal() {
    DyingFileSystem.heal();
  }

  private Pipeline pipeline(String name) {
    return Pipeline.overPhantoms(
        TestSpark.session(),
        folder.resolve(name),
        dump,
        "phantoms.patients=5",
        "phantoms.slices=5",
        "phantoms.size=64",
        "phantoms.prevalence=0.7",
        "phantoms.defects=not-dicom,no-rescale,name-mismatch",
        "labels.removed-files=retract",
        "max-reject-ratio=0.2",
        "split.test=0.3",
        "tensors.size=64");
  }

  /** What a warehouse holds that reads the dump as it is now at once. */
  private Map<String, String> atOnce() {
    Pipeline fresh = pipeline("at-once");
    fresh.run(Pipeline.refreshJob());
    return fresh.contents();
  }

  @Test
  void onlyWhatIsNewIsReadAndWhatIsWithdrawnLeavesEveryTable() throws IOException {
    Path later = withhold(5);
    Pipeline pipeline = pipeline("tables");
    pipeline.run(Pipeline.refreshJob());
    long rejected = audit(pipeline).path("rejected").path("NOT_DICOM").asLong();
    assertThat(rejected).isPositive();

    List<SlicesTable.Slice> known = pipeline.rows(SLICES);
    Files.delete(file(known.get(0)));
    Files.setLastModifiedTime(file(known.get(3)), FileTime.fromMillis(1_600_000_000_000L));
    long arrived = giveBack(later);
    JobReport report = pipeline.run(Pipeline.refreshJob());

    JsonNode audit = audit(pipeline);
    assertThat(JSON.treeToValue(audit.path("changes"), Changes.class))
        .isEqualTo(new Changes(arrived, 1, 1));
    // The objects that were rejected are read again, too: of these no table has the version.
    assertThat(audit.path("facts").path("objects read").asText())
        .startsWith("%d;".formatted(arrived + 1 + rejected));
    assertThat(audit.path("bytes").path("read").asLong()).isPositive().isLessThan(size(files) / 2);
    assertThat(report.tables().get(0).rows())
        .extracting(line -> line.name())
        .containsExactly("audit-dicom", "select-slices", "build-tensors");
    assertThat(report.bytes().written()).isPositive();
    assertThat(pipeline.contents()).isEqualTo(atOnce());
    assertThat(pipeline.run(Pipeline.refreshJob()).outcome())
        .isEqualTo("everything was up to date");

    String patient = pipeline.rows(SLICES).get(0).identity().patientId();
    List<SlicesTable.Slice> its = ofPatient(pipeline, patient);
    for (SlicesTable.Slice slice : its) {
      Files.delete(file(slice));
    }
    List<String> ids = its.stream().map(SlicesTable.Slice::imageId).toList();
    Files.write(
        labels,
        Files.readAllLines(labels, UTF_8).stream()
            .filter(line -> ids.stream().noneMatch(line::startsWith))
            .toList());
    pipeline.run(Pipeline.refreshJob());
    for (String table : TABLES) {
      assertThat(present(pipeline, table, ids)).as(table).isEmpty();
    }
  }

  @Test
  void whatAListWithdrawsLeavesTheTablesThoughTheDumpHasIt() throws IOException {
    Pipeline pipeline = pipeline("tables");
    pipeline.run(Pipeline.refreshJob());
    Map<String, String> before = pipeline.contents();
    List<SlicesTable.Slice> known = pipeline.rows(SLICES);
    String patient = known.get(0).identity().patientId();
    List<String> ids =
        new ArrayList<>(
            ofPatient(pipeline, patient).stream().map(SlicesTable.Slice::imageId).toList());
    String image =
        known.stream()
            .filter(slice -> !slice.identity().patientId().equals(patient))
            .findFirst()
            .orElseThrow()
            .imageId();
    ids.add(image);
    Path list =
        Files.writeString(
            folder.resolve("withdrawn.txt"),
            "# by letter of 1 November\n%s\n\n%s # the image alone\n".formatted(patient, image));
    String setting = "withdrawals.input=" + list;

    pipeline.run(Pipeline.refreshJob(), setting);

    JsonNode audit = audit(pipeline);
    assertThat(audit.path("rejected").path("WITHDRAWN").asInt()).isEqualTo(ids.size());
    assertThat(audit.path("facts").path("objects read").asText()).startsWith("1;");
    for (String table : List.of("labels", "slices", "selections", "tensors")) {
      assertThat(present(pipeline, table, ids)).as(table).isEmpty();
    }
    assertThat(pipeline.run(Pipeline.refreshJob(), setting).outcome())
        .isEqualTo("everything was up to date");

    // Where nothing is known yet, the labels come before anybody knows whose images they are.
    Pipeline fresh = pipeline("fresh");
    fresh.run(Pipeline.refreshJob(), setting);
    assertThat(fresh.contents()).isEqualTo(pipeline.contents());

    pipeline.run(Pipeline.refreshJob());
    assertThat(pipeline.contents()).isEqualTo(before);
  }

  @Test
  void otherSettingsReadAllAgain() {
    Pipeline pipeline = pipeline("tables");
    pipeline.run(new AuditDicomJob());
    pipeline.run(new AuditDicomJob(), "audit.depth=pixels");

    Pipeline fresh = pipeline("fresh");
    fresh.run(new AuditDicomJob(), "audit.depth=pixels");
    assertThat(pipeline.contents()).isEqualTo(fresh.contents());
  }

  @Test
  void killedAtAnyCommitARefreshIsFinishedByTheNext() throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    Path later = withhold(4);
    Pipeline tables = pipeline("tables");
    tables.run(Pipeline.refreshJob());
    Map<String, String> before = tables.contents();
    giveBack(later);
    Map<String, String> after = atOnce();
    Pipeline dying =
        tables.withWarehouse(DyingFileSystem.path(tables.folder().resolve("warehouse")).toString());

    int kills = 0;
    int commit = 1;
    long upToDate = stagesUpToDate(tables);
    // Each run goes on from what the one before left, and dies before its next commit or after it;
    // a stage that was not finished begins again, and dies one commit later.
    for (boolean survives = false; upToDate < STAGES; survives = !survives) {
      DyingFileSystem.dieAtCommit(commit, survives);
      boolean died = dies(dying);
      DyingFileSystem.heal();
      kills++;
      // Each table is as it was or as it will be; the ledger has parts of several stages.
      tables
          .contents()
          .forEach(
              (table, rows) -> {
                if (!table.equals("slice_findings")) {
                  assertThat(rows).as(table).isIn(before.get(table), after.get(table));
                }
              });
      long now = stagesUpToDate(tables);
      assertThat(died || now == STAGES).as("the run did not get to commit %d", commit).isTrue();
      commit = now > upToDate ? 1 : survives ? commit + 1 : commit;
      upToDate = now;
    }

    assertThat(kills).isGreaterThanOrEqualTo(LEAST_KILLS);
    assertThat(tables.contents()).isEqualTo(after);
    assertThat(tables.run(Pipeline.refreshJob()).outcome()).isEqualTo("everything was up to date");
  }

  private static boolean dies(Pipeline pipeline) {
    try {
      pipeline.run(Pipeline.refreshJob());
      return false;
    } catch (UserException | DataRefusedException e) {
      throw new AssertionError("a killed run is no mistake of the user or the data", e);
    } catch (RuntimeException e) {
      return true;
    }
  }

  @Test
  void ofTwoAtOnceOneMayStepBack() throws Exception {
    Pipeline tables = pipeline("tables");
    ExecutorService two = Executors.newFixedThreadPool(2);
    int refused = 0;
    try {
      Callable<JobReport> run = () -> tables.run(Pipeline.refreshJob());
      for (Future<JobReport> one : two.invokeAll(List.of(run, run))) {
        try {
          one.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(DataRefusedException.class)
              .hasMessageContaining("another run has published since");
          refused++;
        }
      }
    } finally {
      two.shutdown();
    }
    assertThat(refused).isLessThan(2);
    tables.run(Pipeline.refreshJob());
    assertThat(tables.contents()).isEqualTo(atOnce());
  }

  @Test
  void aRunThatBeganBeforeAnotherPublishedIsRefused() {
    JobContext context = pipeline("tables").context();
    Warehouse warehouse = context.warehouse();
    SelectionsTable selections = new SelectionsTable();
    SnapshotNote note = context.note(Pipeline.refreshJob(), new String[0], Map.of());
    Selection row =
        new Selection("binary", "ID_1", "ID_2", "ID_3", 0, 1, "train", 1.0, 1, null, null);
    long seen = warehouse.replace(selections, warehouse.rows(selections, List.of()), -1, note);
    long newer =
        warehouse.replace(selections, warehouse.rows(selections, List.of(row)), seen, note);

    assertThatThrownBy(
            () -> warehouse.replace(selections, warehouse.rows(selections, List.of()), seen, note))
        .isInstanceOf(DataRefusedException.class)
        .hasMessage(
            "ich.selections: another run has published since this one began, so this one's rows were not: run it again");
    assertThat(warehouse.snapshot(selections)).isEqualTo(newer);
  }

  @Test
  void stagedRowsAreOfTheStateThatTheirRunBeganWith() {
    JobContext context = pipeline("tables").context();
    Warehouse warehouse = context.warehouse();
    LabelsTable labels = new LabelsTable();
    SnapshotNote note = context.note(Pipeline.refreshJob(), new String[0], Map.of());
    JavaRDD<ImageLabels> rows =
        context.javaSpark().parallelize(List.of(new ImageLabels("ID_1", 0)));
    long first = warehouse.replace(labels, rows, -1, note, Map.of());

    try (StagedTable staged = warehouse.stage(labels, -1, note)) {
      assertThatThrownBy(() -> staged.append(labels, rows))
          .isInstanceOf(DataRefusedException.class)
          .hasMessageContaining("another run has published since");
    }
    long second = warehouse.replace(labels, rows, first, note, Map.of());
    try (StagedTable staged = warehouse.stage(labels, first, note)) {
      staged.append(labels, rows);
      assertThat(context.spark().table(staged.identifier()).count()).isEqualTo(2);
      assertThatThrownBy(() -> staged.publish(Map.of()))
          .isInstanceOf(DataRefusedException.class)
          .hasMessageContaining("another run has published since");
    }
    assertThat(warehouse.snapshot(labels)).isEqualTo(second);
    assertThat(warehouse.iceberg(labels).refs()).containsOnlyKeys("main");
  }

  private static List<SlicesTable.Slice> ofPatient(Pipeline pipeline, String patient) {
    return pipeline.rows(SLICES).stream()
        .filter(slice -> slice.identity().patientId().equals(patient))
        .toList();
  }

  /** Which of the images a table still has. */
  private static List<String> present(Pipeline pipeline, String table, List<String> ids) {
    return pipeline.sql("SELECT image_id FROM ich." + table).stream()
        .map(row -> row.getString(0))
        .filter(ids::contains)
        .toList();
  }

  /** How many stages, from the first on, have nothing to do. */
  private static long stagesUpToDate(Pipeline pipeline) {
    JobContext context = pipeline.context();
    return PipelineMain.jobs().stream()
        .filter(
            job ->
                List.of("reshape-labels", "audit-dicom", "select-slices", "build-tensors")
                    .contains(job.name()))
        .takeWhile(job -> job.upToDate(context))
        .count();
  }

  /** Takes the last files out of the dump. */
  private Path withhold(int count) throws IOException {
    Path place = Files.createDirectories(folder.resolve("later"));
    List<Path> all = slices();
    for (Path file : all.subList(all.size() - count, all.size())) {
      Files.move(file, place.resolve(file.getFileName()));
    }
    return place;
  }

  private long giveBack(Path place) throws IOException {
    long count = 0;
    try (Stream<Path> withheld = Files.list(place)) {
      for (Path file : withheld.toList()) {
        Files.move(file, files.resolve(file.getFileName()));
        count++;
      }
    }
    return count;
  }

  private List<Path> slices() throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return new ArrayList<>(all.sorted().toList());
    }
  }

  private static Path file(SlicesTable.Slice slice) {
    return Path.of(URI.create(slice.location().uri()).getPath());
  }

  /** The report of the latest audit, as a scheduler reads it. */
  private static JsonNode audit(Pipeline pipeline) throws IOException {
    try (Stream<Path> reports = Files.list(pipeline.folder().resolve("reports/runs"))) {
      Path last =
          reports
              .filter(file -> file.toString().endsWith("-audit-dicom.json"))
              .max(Comparator.comparing(RefreshIT::modified))
              .orElseThrow();
      return JSON.readTree(last.toFile());
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
