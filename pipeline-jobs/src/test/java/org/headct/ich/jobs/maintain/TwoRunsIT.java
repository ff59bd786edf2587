package org.headct.ich.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.StagedTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction while another run publishes, and a warehouse that was moved. */
class TwoRunsIT {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final int FILES = 6;

  @TempDir private Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);
  private int images;

  @BeforeEach
  void smallFiles() {
    pipeline = new Pipeline(TestSpark.session(), folder);
    try (StagedTable staged = staged()) {
      staged.publish(Map.of());
    }
  }

  /** Stages the rows of a run that has written several files and not published them. */
  private StagedTable staged() {
    JobContext context = pipeline.context();
    SnapshotNote note = new SnapshotNote(context.runId(), "reshape-labels", "", "1", Map.of());
    List<ImageLabels> rows =
        IntStream.range(images, images + FILES)
            .mapToObj(i -> new ImageLabels("ID_%09x".formatted(i), 0))
            .toList();
    images += FILES;
    StagedTable staged =
        context.warehouse().stage(LABELS, context.warehouse().snapshot(LABELS), note);
    staged.append(LABELS, context.javaSpark().parallelize(rows, FILES));
    return staged;
  }

  private boolean compact(Table table) {
    return new Compaction(pipeline.context().spark()).run(table, LABELS.orderedBy());
  }

  private long dataFiles() {
    return pipeline.sql("SELECT 1 FROM ich.labels.data_files").size();
  }

  /** Iceberg itself would put the compacted files on top of the rows published meanwhile. */
  @Test
  void aCompactionStepsBackBehindWhatWasPublishedMeanwhile() throws IOException {
    Table early = pipeline.warehouse().iceberg(LABELS);
    try (StagedTable staged = staged()) {
      staged.publish(Map.of());
    }
    long published = pipeline.warehouse().snapshot(LABELS);

    assertThat(compact(early)).isFalse();

    assertThat(pipeline.warehouse().snapshot(LABELS)).isEqualTo(published);
    assertThat(pipeline.rows(LABELS)).hasSize(2 * FILES);
    try (var files = Files.list(folder.resolve("warehouse/labels/data"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".parquet"))).hasSize(2 * FILES);
    }
    assertThat(compact(pipeline.warehouse().iceberg(LABELS))).isTrue();
    assertThat(dataFiles()).isEqualTo(1);
    assertThat(pipeline.warehouse().version(LABELS)).isEqualTo(published);
  }

  @Test
  void aRunThatPublishesAfterACompactionIsToldToBeginAgain() {
    try (StagedTable staged = staged()) {
      assertThat(compact(pipeline.warehouse().iceberg(LABELS))).isTrue();
      assertThatThrownBy(() -> staged.publish(Map.of()))
          .isInstanceOf(DataRefusedException.class)
          .hasMessageContaining("run it again");
    }
    assertThat(pipeline.rows(LABELS)).hasSize(FILES);
  }

  @Test
  void aWarehouseThatWasMovedIsRefusedForItsFilesAreNamedElsewhere() throws IOException {
    Path moved = folder.resolve("moved");
    Files.createDirectories(moved);
    Files.move(folder.resolve("warehouse"), moved.resolve("warehouse"));

    assertThatThrownBy(() -> new Pipeline(TestSpark.session(), moved).run(new MaintainJob()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ich.labels was moved or copied");

    Files.move(moved.resolve("warehouse"), folder.resolve("warehouse"));
    JobReport report = pipeline.run(new MaintainJob());
    assertThat(dataFiles()).isEqualTo(1);
    // Snapshots that still exist keep the older files.
    assertThat(report.outcome()).startsWith("freed nothing: compacted files take 0.0 MB more");
  }
}
