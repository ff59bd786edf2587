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
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.JobReport.Changes;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.StagedTable;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.jobs.testing.Pipeline;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a refresh after new files gives the tables of a single run over all files, reads only
 * new files, and works beside another run.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RefreshIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SlicesTable SLICES = new SlicesTable();

  private static final List<String> TABLES =
      List.of("labels", "slices", "slice_findings", "selections", "tensors");

  @TempDir private static Path temporary = Path.of("");

  private RefreshedDump dump;

  @BeforeAll
  void makeDump() throws IOException {
    dump = new RefreshedDump(temporary);
  }

  @BeforeEach
  void restoreDump() throws IOException {
    dump.restore();
  }

  @Test
  void onlyWhatIsNewIsReadAndWhatIsWithdrawnLeavesEveryTable() throws IOException {
    Path later = dump.withhold(5);
    Pipeline pipeline = dump.pipeline("tables");
    pipeline.run(Pipeline.refreshJob());
    long rejected = audit(pipeline).path("rejected").path("NOT_DICOM").asLong();
    assertThat(rejected).isPositive();

    List<SlicesTable.Slice> known = pipeline.rows(SLICES);
    Files.delete(file(known.get(0)));
    Files.setLastModifiedTime(file(known.get(3)), FileTime.fromMillis(1_600_000_000_000L));
    long arrived = dump.giveBack(later);
    JobReport report = pipeline.run(Pipeline.refreshJob());

    JsonNode audit = audit(pipeline);
    assertThat(JSON.treeToValue(audit.path("changes"), Changes.class))
        .isEqualTo(new Changes(arrived, 1, 1));
    // Rejected objects are read again, because no table has their version.
    assertThat(audit.path("facts").path("objects read").asText())
        .startsWith("%d;".formatted(arrived + 1 + rejected));
    assertThat(audit.path("bytes").path("read").asLong())
        .isPositive()
        .isLessThan(size(dump.files()) / 2);
    assertThat(report.tables().get(0).rows())
        .extracting(line -> line.name())
        .containsExactly("audit-dicom", "select-slices", "build-tensors");
    assertThat(report.bytes().written()).isPositive();
    assertThat(pipeline.contents()).isEqualTo(dump.atOnce());
    assertThat(pipeline.run(Pipeline.refreshJob()).outcome())
        .isEqualTo("everything was up to date");

    String patient = pipeline.rows(SLICES).get(0).identity().patientId();
    List<SlicesTable.Slice> its = ofPatient(pipeline, patient);
    for (SlicesTable.Slice slice : its) {
      Files.delete(file(slice));
    }
    List<String> ids = its.stream().map(SlicesTable.Slice::imageId).toList();
    Files.write(
        dump.labels(),
        Files.readAllLines(dump.labels(), UTF_8).stream()
            .filter(line -> ids.stream().noneMatch(line::startsWith))
            .toList());
    pipeline.run(Pipeline.refreshJob());
    for (String table : TABLES) {
      assertThat(present(pipeline, table, ids)).as(table).isEmpty();
    }
  }

  @Test
  void whatAListWithdrawsLeavesTheTablesThoughTheDumpHasIt() throws IOException {
    Pipeline pipeline = dump.pipeline("tables");
    pipeline.run(Pipeline.refreshJob());
    Map<String, String> before = pipeline.contents();
    Withdrawn withdrawn = withdrawn(pipeline);
    List<String> ids = withdrawn.ids();
    String setting = "withdrawals.input=" + withdrawn.list();

    pipeline.run(Pipeline.refreshJob(), setting);

    JsonNode audit = audit(pipeline);
    assertThat(audit.path("rejected").path("WITHDRAWN").asInt()).isEqualTo(ids.size());
    assertThat(audit.path("facts").path("objects read").asText()).startsWith("1;");
    for (String table : List.of("labels", "slices", "selections", "tensors")) {
      assertThat(present(pipeline, table, ids)).as(table).isEmpty();
    }
    assertThat(pipeline.run(Pipeline.refreshJob(), setting).outcome())
        .isEqualTo("everything was up to date");

    pipeline.run(Pipeline.refreshJob());
    assertThat(pipeline.contents()).isEqualTo(before);
  }

  /** List of withdrawn ids, and the ids of the affected images. */
  private record Withdrawn(Path list, List<String> ids) {}

  /** Withdraws a patient, and an image of another one. */
  private Withdrawn withdrawn(Pipeline pipeline) throws IOException {
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
            dump.folder().resolve("withdrawn.txt"),
            "# by letter of 1 November\n%s\n\n%s # the image alone\n".formatted(patient, image));
    return new Withdrawn(list, ids);
  }

  /** Labels come first in an empty warehouse, before the patients of their images are known. */
  @Test
  @Tag("nightly")
  void aListWithdrawsFromTheFirstRefreshOnToo() throws IOException {
    Pipeline known = dump.pipeline("tables");
    known.run(Pipeline.refreshJob());
    String setting = "withdrawals.input=" + withdrawn(known).list();
    known.run(Pipeline.refreshJob(), setting);

    Pipeline fresh = dump.pipeline("fresh");
    fresh.run(Pipeline.refreshJob(), setting);

    assertThat(fresh.contents()).isEqualTo(known.contents());
  }

  @Test
  @Tag("nightly")
  void otherSettingsReadAllAgain() {
    Pipeline pipeline = dump.pipeline("tables");
    pipeline.run(new AuditDicomJob());
    pipeline.run(new AuditDicomJob(), "audit.depth=pixels");

    Pipeline fresh = dump.pipeline("fresh");
    fresh.run(new AuditDicomJob(), "audit.depth=pixels");
    assertThat(pipeline.contents()).isEqualTo(fresh.contents());
  }

  @Test
  @Tag("nightly")
  void ofTwoAtOnceOneMayStepBack() throws Exception {
    Pipeline tables = dump.pipeline("tables");
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
    assertThat(tables.contents()).isEqualTo(dump.atOnce());
  }

  @Test
  void aRunThatBeganBeforeAnotherPublishedIsRefused() {
    JobContext context = dump.pipeline("tables").context();
    Warehouse warehouse = context.warehouse();
    SelectionsTable selections = new SelectionsTable();
    SnapshotNote note = context.note(Pipeline.refreshJob(), new String[0], Map.of());
    Selection row =
        new Selection("binary", "ID_1", "ID_2", "ID_3", 0, 1, "train", 1.0, 1, null, null);
    long seen = warehouse.replace(selections, warehouse.rows(selections, List.of()), 0, -1, note);
    long newer =
        warehouse.replace(selections, warehouse.rows(selections, List.of(row)), 1, seen, note);

    assertThatThrownBy(
            () ->
                warehouse.replace(selections, warehouse.rows(selections, List.of()), 0, seen, note))
        .isInstanceOf(DataRefusedException.class)
        .hasMessage(
            "ich.selections: another run has published since this one began. This run's rows were not published: run it again");
    assertThat(warehouse.snapshot(selections)).isEqualTo(newer);
  }

  @Test
  void stagedRowsAreOfTheStateThatTheirRunBeganWith() {
    JobContext context = dump.pipeline("tables").context();
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

  /** Returns those of the images that a table still has. */
  private static List<String> present(Pipeline pipeline, String table, List<String> ids) {
    return pipeline.sql("SELECT image_id FROM ich." + table).stream()
        .map(row -> row.getString(0))
        .filter(ids::contains)
        .toList();
  }

  private static Path file(SlicesTable.Slice slice) {
    return Path.of(URI.create(slice.location().uri()).getPath());
  }

  /** Returns the latest audit report in its JSON form. */
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
