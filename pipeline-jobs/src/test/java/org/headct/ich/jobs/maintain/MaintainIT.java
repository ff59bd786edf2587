package org.headct.ich.jobs.maintain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportTable;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code maintain} on tables that were refreshed several times, with corrected labels and a model
 * on tensors that are no longer current.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MaintainIT {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final String[] AT_ONCE = {"maintain.keep-days=0", "maintain.keep-snapshots=1"};
  private static final String ELSEWHERE = "model_elsewhere";

  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  /** The snapshots of the tables at one time. */
  private record State(long tensors, long selections, long labels) {}

  private State trained = new State(0, 0, 0);
  private State elsewhere = trained;
  private State current = trained;
  private List<ImageLabels> labels = List.of();
  private Set<Long> tensorsAfterFirst = Set.of();
  private Set<Long> selectionsAfterFirst = Set.of();
  private List<JobReport> reports = List.of();
  private Path old = folder;
  private Path young = folder;

  @BeforeAll
  void twice() throws IOException {
    Path dump = folder.resolve("dump");
    pipeline =
        new Pipeline(
            TestSpark.session(),
            folder,
            "phantoms.output=" + dump,
            "phantoms.patients=8",
            "phantoms.slices=6",
            "phantoms.spacing-mm=10",
            "phantoms.size=64",
            "labels.input=" + dump + "/*.csv",
            "dicom.input=" + dump.resolve("stage_2_train"),
            "select.datasets=binary",
            "tensors.datasets=binary",
            "tensors.size=64",
            "train.network=cnn4",
            "train.batch-size=8",
            "train.run=first");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(new ReshapeLabelsJob());
    List<ImageLabels> images = pipeline.rows(LABELS);
    for (int i = 0; i < 2; i++) {
      correct(dump.resolve("correction-" + i + ".csv"), images.get(i));
      pipeline.run(new ReshapeLabelsJob());
    }
    pipeline.run(Pipeline.refreshJob());
    pipeline.run(new TrainModelJob(), "train.epochs=1");
    trained = state();
    pipeline.run(Pipeline.refreshJob(), "split.seed=7");
    elsewhere = state();
    pipeline.sql("ALTER TABLE ich.tensors CREATE TAG `" + ELSEWHERE + "`");
    pipeline.run(Pipeline.refreshJob());
    current = state();
    labels = pipeline.rows(LABELS);
    assertThat(pipeline.sql("SELECT * FROM ich.labels.delete_files")).isNotEmpty();

    JobReport first = pipeline.run(new MaintainJob(), AT_ONCE);
    assertThat(first.facts())
        .containsEntry(tag(), "kept")
        .containsEntry(ELSEWHERE, "kept, though its run is not under models.path");
    tensorsAfterFirst = snapshots(TENSORS);
    selectionsAfterFirst = snapshots(SELECTIONS);

    pipeline.sql("ALTER TABLE ich.tensors DROP TAG `" + ELSEWHERE + "`");
    Path data = folder.resolve("warehouse/labels/data");
    old = Files.write(data.resolve("killed.parquet"), new byte[100_000]);
    young = Files.write(data.resolve("running.parquet"), new byte[100_000]);
    for (Path file : files(folder.resolve("warehouse"))) {
      age(file, file.equals(young) ? 71 : 73);
    }
    reports = List.of(first, pipeline.run(new MaintainJob(), AT_ONCE));
  }

  private State state() {
    return new State(
        pipeline.warehouse().snapshot(TENSORS),
        pipeline.warehouse().snapshot(SELECTIONS),
        pipeline.warehouse().snapshot(LABELS));
  }

  private String tag() {
    return "model_first_" + trained.tensors();
  }

  /** Writes a correction that reverses an image's labels. */
  private static void correct(Path file, ImageLabels image) throws IOException {
    StringBuilder rows = new StringBuilder("ID,Label\n");
    boolean positive = image.value(Subtype.ANY) == 1;
    for (Subtype subtype : Subtype.ALL) {
      boolean on = !positive && (subtype == Subtype.ANY || subtype == Subtype.SUBDURAL);
      rows.append("%s_%s,%d\n".formatted(image.imageId(), subtype.column(), on ? 1 : 0));
    }
    Files.writeString(file, rows, UTF_8);
  }

  private Table table(TableDefinition<?> definition) {
    return pipeline.warehouse().iceberg(definition);
  }

  private Set<Long> snapshots(TableDefinition<?> definition) {
    Set<Long> ids = new TreeSet<>();
    for (Snapshot snapshot : table(definition).snapshots()) {
      ids.add(snapshot.snapshotId());
    }
    return ids;
  }

  private Set<String> tags(TableDefinition<?> definition) {
    return table(definition).refs().keySet().stream()
        .filter(name -> !name.equals(SnapshotRef.MAIN_BRANCH))
        .collect(Collectors.toSet());
  }

  @Test
  void correctionsAreInOneSortedFileAndNobodyTakesThatForNews() {
    assertThat(pipeline.sql("SELECT * FROM ich.labels.data_files")).hasSize(1);
    assertThat(pipeline.sql("SELECT * FROM ich.labels.delete_files")).isEmpty();
    List<ImageLabels> after = pipeline.rows(LABELS);
    assertThat(after).containsExactlyInAnyOrderElementsOf(labels);
    assertThat(after.stream().map(ImageLabels::imageId)).isSorted();
    assertThat(snapshots(LABELS)).doesNotContain(current.labels());
    assertThat(pipeline.warehouse().version(LABELS)).isEqualTo(current.labels());

    State before = state();
    assertThat(pipeline.run(Pipeline.refreshJob()).outcome())
        .isEqualTo("everything was up to date");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void whatModelsNameStaysUntilItsTagIsDropped() {
    assertThat(tensorsAfterFirst)
        .containsExactlyInAnyOrder(trained.tensors(), elsewhere.tensors(), current.tensors());
    assertThat(selectionsAfterFirst)
        .containsExactlyInAnyOrder(
            trained.selections(), elsewhere.selections(), current.selections());

    assertThat(snapshots(TENSORS)).containsExactlyInAnyOrder(trained.tensors(), current.tensors());
    assertThat(snapshots(SELECTIONS))
        .containsExactlyInAnyOrder(trained.selections(), current.selections());
    assertThat(tags(TENSORS)).containsExactly(tag());
    assertThat(tags(SELECTIONS))
        .containsExactlyInAnyOrder(
            "tensors_need_" + trained.selections(), "tensors_need_" + current.selections());
    // It reads both snapshots that the run started with.
    JobReport resumed = pipeline.run(new TrainModelJob(), "train.epochs=2", "train.resume=true");
    assertThat(resumed.facts()).containsEntry("tensor snapshot", Long.toString(trained.tensors()));
  }

  @Test
  void filesThatNobodyNamesGoWhenTheyAreOld() throws IOException {
    assertThat(old).doesNotExist();
    assertThat(files(folder.resolve("warehouse"))).contains(young).containsAll(named());
    JobReport second = reports.get(1);
    assertThat(row(second, "ich.labels")).element(7).isEqualTo(1L);
    assertThat(row(second, "ich.labels").get(8)).isGreaterThan(100_000);
    assertThat(second.outcome()).startsWith("freed 0.");
  }

  @Test
  void aDryRunSaysWhatWouldGo() {
    assertThat(new MaintainJob().plan(pipeline.context(AT_ONCE)).writes())
        .contains("ich.tensors: 0 of 2 snapshots expire")
        .anyMatch(line -> line.startsWith("ich.labels: 0 of 1 snapshots expire; 1 data files"));
  }

  private static List<Long> row(JobReport report, String table) {
    return report.tables().get(0).rows().stream()
        .filter(line -> line.name().equals(table))
        .map(ReportTable.Line::counts)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the data files that any snapshot of any table names. */
  private Set<Path> named() {
    Set<Path> named = new TreeSet<>();
    for (TableDefinition<?> table : Tables.ALL) {
      if (pipeline.warehouse().exists(table)) {
        pipeline
            .sql("SELECT file_path FROM ich.%s.all_files".formatted(table.name()))
            .forEach(row -> named.add(Path.of(URI.create(row.getString(0)).getPath())));
      }
    }
    return named;
  }

  private static void age(Path file, int hours) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
