package org.headct.ich.jobs.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFilesIT {
  private final Configuration conf = new Configuration();
  @TempDir private Path directory;

  @Test
  void plansTheWantedSplitFromFooters() throws IOException {
    TensorFixture fixture = new TensorFixture(2, 16, 1);
    Path spaced = Files.createDirectory(directory.resolve("a b#c"));
    List<String> files =
        List.of(
            fixture.write(spaced, "train", 60, 8 << 10), fixture.write(directory, "validation", 5));
    TensorPlan plan = TensorFiles.plan(conf, files, TensorFixture.DATASET, "train");
    assertThat(plan.shape())
        .isEqualTo(
            new TensorShape(2, 16, 16, "bone:600/2800,brain:40/80,subdural:80/200", "uint8"));
    assertThat(plan.rows()).isEqualTo(60);
    assertThat(plan.rowGroups()).hasSizeGreaterThan(2);
    Set<String> ids = new HashSet<>();
    for (BatchRef ref : plan.batches(7)) {
      TensorReader.rowGroup(conf, ref.file(), ref.rowGroup())
          .subList(ref.firstRow(), ref.firstRow() + ref.rows())
          .forEach(row -> ids.add(row.imageId()));
    }
    assertThat(ids).hasSize(60).allMatch(id -> id.startsWith("train-"));
  }

  @Test
  void noRowsOfASplitIsAnEmptyPlan() throws IOException {
    String file = new TensorFixture(1, 8, 1).write(directory, "train", 3);
    TensorPlan plan = TensorFiles.plan(conf, List.of(file), TensorFixture.DATASET, "test");
    assertThat(plan.rows()).isZero();
  }

  @Test
  void refusesARowGroupOfTwoSplits() throws IOException {
    String file =
        new TensorFixture(1, 8, 1)
            .write(directory.resolve("m.parquet"), List.of("train", "validation"), 1 << 20);
    assertThatThrownBy(() -> TensorFiles.plan(conf, List.of(file), TensorFixture.DATASET, "train"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mixes values of column split (train to validation)")
        .hasMessageContaining("m.parquet");
  }

  @Test
  void refusesTwoShapes() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    List<String> files =
        List.of(
            new TensorFixture(1, 8, 1).write(directory, "train", 3),
            new TensorFixture(1, 16, 1).write(other, "train", 3));
    assertThatThrownBy(() -> TensorFiles.plan(conf, files, TensorFixture.DATASET, "train"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("different shapes");
  }

  @Test
  void namesAFileThatIsMissingOrNoParquet() throws IOException {
    String missing = directory.resolve("gone.parquet").toString();
    assertThatThrownBy(
            () -> TensorFiles.plan(conf, List.of(missing), TensorFixture.DATASET, "train"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tensor file not found: " + missing);
    Path text = Files.writeString(directory.resolve("text.parquet"), "no Parquet here at all");
    assertThatThrownBy(
            () -> TensorFiles.plan(conf, List.of(text.toString()), TensorFixture.DATASET, "train"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(text.toString());
    assertThatThrownBy(() -> TensorReader.rowGroup(conf, text.toUri().toString(), 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.parquet");
  }
}
