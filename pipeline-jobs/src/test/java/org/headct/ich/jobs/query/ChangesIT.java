package org.headct.ich.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.sql.SqlJob;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Bench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesIT {
  private static final LabelsTable LABELS = new LabelsTable();

  @TempDir Path folder;
  private Bench bench;
  private long first;

  @BeforeEach
  void fill() {
    bench = new Bench(folder);
    bench.fill(LABELS, List.of(image("ID_a", 0), image("ID_b", 33), image("ID_c", 0)));
    first = bench.context().warehouse().snapshot(LABELS);
  }

  @Test
  void aTableThatWasReplacedWholeShowsTheRowsThatDiffer() {
    assertThat(changes("labels"))
        .as("from nothing")
        .containsExactly("added,ID_a,0", "added,ID_b,1", "added,ID_c,0");
    bench.fill(LABELS, List.of(image("ID_a", 0), image("ID_b", 0), image("ID_d", 33)));
    assertThat(changes("ich.labels"))
        .containsExactly("removed,ID_b,1", "added,ID_b,0", "removed,ID_c,0", "added,ID_d,1");
    assertThat(changes("labels:%d:%d".formatted(first, first))).isEmpty();
  }

  @Test
  void rowsThatWereStruckOutAndFilesThatWereCompactedAreNoRiddle() {
    sql(
        """
        MERGE INTO labels USING (SELECT 'ID_a' AS id) ON image_id = id
        WHEN MATCHED THEN UPDATE SET epidural = 1, any = 1
        """);
    bench
        .context()
        .spark()
        .sql(
            "CALL ich.system.rewrite_position_delete_files(table => 'labels', options => map('rewrite-all', 'true'))");
    bench
        .context()
        .spark()
        .sql(
            "CALL ich.system.rewrite_data_files(table => 'labels', options => map('rewrite-all', 'true'))");
    assertThat(changes("labels")).containsExactly("removed,ID_a,0", "added,ID_a,1");
    sql("ALTER TABLE ich.labels CREATE TAG begun AS OF VERSION " + first);
    sql("DELETE FROM labels WHERE image_id > 'ID_a'");
    assertThat(changes("labels:begun"))
        .containsExactly("removed,ID_a,0", "added,ID_a,1", "removed,ID_b,1", "removed,ID_c,0");
  }

  @Test
  void pixelsAreLeftOut() {
    bench.fill(new TensorsTable(), List.of());
    bench.run(new SqlJob(), "--changes", "tensors", "-e", "DESCRIBE changes");
    assertThat(bench.output()).contains("image_id").doesNotContain("\npixels ");
  }

  @Test
  void whatIsNotThereIsAMistake() {
    assertThatThrownBy(() -> changes("lables"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--changes lables: no table lables: name one of labels, ");
    assertThatThrownBy(() -> changes("labels:1"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--changes labels:1: no snapshot or tag 1");
    assertThatThrownBy(() -> changes("labels:1:2:3"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("give TABLE");
    assertThatThrownBy(() -> changes("slices"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("run audit-dicom first");
  }

  private List<String> changes(String given) {
    bench.run(
        new SqlJob(),
        "--format",
        "csv",
        "--changes",
        given,
        "-e",
        "SELECT change, image_id, any FROM changes ORDER BY image_id, change DESC");
    return bench.output().lines().skip(1).toList();
  }

  private void sql(String statement) {
    bench.run(new SqlJob(), "-e", statement);
    bench.output();
  }

  private static ImageLabels image(String id, int bits) {
    return new ImageLabels(id, bits);
  }
}
