package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a job which must not publish publishes nothing and gives the reason. */
@TestInstance(Lifecycle.PER_CLASS)
class RefusalsIT {
  @TempDir private static Path folder = Path.of("");

  private Path dump = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeAll
  void makeDump() {
    dump = folder.resolve("dump");
    Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            dump,
            "phantoms.patients=3",
            "phantoms.slices=7",
            "phantoms.size=64",
            "phantoms.defects=not-dicom,malformed-label")
        .run(new MakePhantomsJob());
  }

  @BeforeEach
  void freshTables(TestInfo test) throws IOException {
    Path own =
        Files.createDirectories(folder.resolve(test.getTestMethod().orElseThrow().getName()));
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(), own, dump, "max-reject-ratio=0.2", "tensors.size=64");
  }

  @Test
  void tooManyRejectsPublishNothing() {
    assertThatThrownBy(() -> pipeline.run(new ReshapeLabelsJob(), "max-reject-ratio=0.01"))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContainingAll(
            "6 of 126 rows",
            "INCOMPLETE_IMAGE=5",
            "MALFORMED_ROW=1",
            "max-reject-ratio = 0.01",
            PhantomDump.LABELS + ":")
        .hasMessageMatching(".*For example \\S+csv:\\d+ [A-Z_]+ .*\\)\\. Look at the input.*");
    assertAbsent(new LabelsTable(), new LabelFindingsTable());
    assertThatThrownBy(() -> pipeline.run(new AuditDicomJob(), "max-reject-ratio=0"))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContainingAll("1 of 21 objects", "NOT_DICOM=1")
        .hasMessageMatching(".*For example file:\\S+dcm NOT_DICOM \\(text; .*\\)\\. Look at.*");
    assertAbsent(new SlicesTable(), new SliceFindingsTable());
  }

  @Test
  void tooManyRejectsLeaveWhatWasPublished() {
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob());
    List<Long> before = snapshots();

    assertThatThrownBy(() -> pipeline.run(new ReshapeLabelsJob(), "max-reject-ratio=0.01"))
        .isInstanceOf(DataRefusedException.class);
    assertThatThrownBy(() -> pipeline.run(new AuditDicomJob(), "max-reject-ratio=0.01"))
        .isInstanceOf(DataRefusedException.class);

    assertThat(snapshots()).isEqualTo(before).doesNotContain(-1L);
  }

  private List<Long> snapshots() {
    return List.of(
        pipeline.warehouse().snapshot(new LabelsTable()),
        pipeline.warehouse().snapshot(new LabelFindingsTable()),
        pipeline.warehouse().snapshot(new SlicesTable()),
        pipeline.warehouse().snapshot(new SliceFindingsTable()));
  }

  /**
   * A file disappears between audit and tensors. The failure names it, and there are no tensors.
   */
  @Test
  void aVanishedFileIsNamed() throws IOException {
    Path copy = copyOfDump();
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob(), "dicom.input=" + copy);
    pipeline.run(new SelectSlicesJob());
    String image = pipeline.rows(new SelectionsTable()).get(0).imageId();
    Files.delete(copy.resolve(image + ".dcm"));

    assertThatThrownBy(() -> pipeline.run(new BuildTensorsJob()))
        .isNotInstanceOf(UserException.class)
        .satisfies(e -> assertThat(causes(e)).anyMatch(text -> text.contains(image + ".dcm")));
    assertThat(pipeline.warehouse().snapshot(new TensorsTable())).isEqualTo(-1);
    assertThat(pipeline.warehouse().iceberg(new TensorsTable()).refs()).isEmpty();
  }

  @Test
  void aSelectionOfSlicesThatAreGoneIsToBeMadeAgain() throws IOException {
    Path copy = copyOfDump();
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob(), "dicom.input=" + copy);
    pipeline.run(new SelectSlicesJob(), "select.datasets=binary");
    String image = pipeline.rows(new SelectionsTable()).get(0).imageId();
    Files.delete(copy.resolve(image + ".dcm"));
    pipeline.run(new AuditDicomJob(), "dicom.input=" + copy);

    assertThatThrownBy(() -> pipeline.run(new BuildTensorsJob(), "tensors.datasets=binary"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("1 rows of ich.selections")
        .hasMessageEndingWith("run select-slices");
    pipeline.run(new SelectSlicesJob(), "select.datasets=binary");
    pipeline.run(new BuildTensorsJob(), "tensors.datasets=binary");
  }

  private Path copyOfDump() throws IOException {
    Path copy = Files.createDirectories(pipeline.folder().resolve("copy"));
    try (var files = Files.list(dump.resolve(PhantomDump.FOLDER))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dcm")).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static List<String> causes(Throwable thrown) {
    return java.util.stream.Stream.<Throwable>iterate(thrown, e -> e != null, Throwable::getCause)
        .map(e -> String.valueOf(e.getMessage()))
        .toList();
  }

  @Test
  void stagesThatLackTheirInputNameTheCommandBefore() {
    for (Job job : List.of(new SelectSlicesJob(), new BuildTensorsJob())) {
      assertThatThrownBy(() -> job.plan(pipeline.context()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is not there")
          .hasMessageEndingWith(" first");
    }
    assertAbsent(new SelectionsTable(), new TensorsTable());
  }

  private void assertAbsent(TableDefinition<?>... tables) {
    for (TableDefinition<?> table : tables) {
      assertThat(pipeline.warehouse().exists(table)).as(table.name()).isFalse();
    }
  }
}
