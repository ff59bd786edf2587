package org.headct.ich.jobs.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.jobs.averaging.LocalSpark;
import org.headct.ich.jobs.testing.TestTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Tests that depend only on the order of events, not on time. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchReaderIT {
  private final JavaSparkContext spark = LocalSpark.context();
  @TempDir private Path directory;
  private BatchLoader loader;
  private List<BatchRequest> requests;

  @BeforeEach
  void batches() throws IOException {
    String file = new TensorFixture(1, 32, 5).write(directory, "train", 48, 4 << 10);
    Configuration conf = new Configuration(spark.hadoopConfiguration());
    conf.set("fs.gated.impl", GatedFileSystem.class.getName());
    TensorPlan plan = TensorFiles.plan(conf, List.of(file), TensorFixture.DATASET, "train");
    assertThat(plan.rowGroups()).hasSizeGreaterThan(5);
    requests = new ArrayList<>();
    for (TensorPlan.RowGroup group : plan.rowGroups()) {
      String gated = group.file().replaceFirst("^file:", "gated:");
      requests.add(
          new BatchRequest(new BatchRef(gated, group.index(), 0, group.rows(), group.key()), 7, 1));
    }
    loader =
        new BatchLoader(
            spark.broadcast(new SerializableConfiguration(conf)),
            PixelBatches.of(TestTraining.binary().build(), plan.shape()));
    GatedFileSystem.reset(0);
  }

  @AfterEach
  void nobodyReadsOn() {
    assertThat(readers()).isEmpty();
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().endsWith("reads tensors"))
        .toList();
  }

  @Test
  void theNextBatchIsReadWhileOneIsFitted() throws Exception {
    GatedFileSystem.GATE.release(1);
    try (BatchReader batches = new BatchReader(loader::training, requests, 1)) {
      MultiDataSet first = batches.next();
      // The task would fit the batch here, before the next call. Meanwhile the reader asks the
      // storage.
      assertThat(GatedFileSystem.ASKED.poll(1, TimeUnit.MINUTES)).isNotNull();
      assertThat(GatedFileSystem.ASKED.poll(1, TimeUnit.MINUTES)).isNotNull();
      GatedFileSystem.GATE.release(requests.size());
      BatchReader.free(first);
      BatchReader.free(batches.next());
    }
  }

  @Test
  void withoutPrefetchABatchIsReadWhenItIsAskedFor() throws Exception {
    GatedFileSystem.GATE.release(requests.size());
    try (BatchReader batches = new BatchReader(loader::training, requests, 0)) {
      assertThat(GatedFileSystem.ASKED).isEmpty();
      for (int i = 1; batches.hasNext(); i++) {
        BatchReader.free(batches.next());
        assertThat(GatedFileSystem.ASKED).hasSize(i);
        assertThat(readers()).isEmpty();
      }
    }
  }

  @Test
  void noMoreIsReadAheadThanTheSettingSays() throws Exception {
    GatedFileSystem.GATE.release(requests.size());
    try (BatchReader batches = new BatchReader(loader::training, requests, 2)) {
      BatchReader.free(batches.next());
      // Two batches are ready, so the reader can only wait for room.
      Thread reader = readers().get(0);
      while (reader.getState() != Thread.State.WAITING || GatedFileSystem.ASKED.size() < 3) {
        assertThat(reader.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      assertThat(GatedFileSystem.ASKED).hasSize(3);
    }
  }

  @Test
  void batchesAreTheSameInTheSameOrder() throws Exception {
    GatedFileSystem.GATE.release(2 * requests.size());
    try (BatchReader ahead = new BatchReader(loader::training, requests, 3);
        BatchReader one = new BatchReader(loader::training, requests, 0)) {
      while (one.hasNext()) {
        assertThat(ahead.hasNext()).isTrue();
        assertThat(ahead.next()).isEqualTo(one.next());
      }
      assertThat(ahead.hasNext()).isFalse();
    }
  }

  /** Rebuilt tensors have other file names, but the training must stay equal. */
  @Test
  void filesOfOtherNamesGiveTheSameEpoch() throws Exception {
    String one = new TensorFixture(1, 32, 5).write(directory, "one", 48, 4 << 10);
    String two = new TensorFixture(1, 32, 6).write(directory, "two", 48, 4 << 10);
    // These names also sort in the opposite order.
    Path first = Files.copy(Path.of(URI.create(one)), directory.resolve("z.parquet"));
    Path second = Files.copy(Path.of(URI.create(two)), directory.resolve("a.parquet"));
    List<MultiDataSet> epoch = epoch(one, two);
    assertThat(epoch).hasSizeGreaterThan(10);
    assertThat(epoch(first.toUri().toString(), second.toUri().toString())).isEqualTo(epoch);
  }

  private List<MultiDataSet> epoch(String one, String two) throws IOException {
    Configuration conf = spark.hadoopConfiguration();
    TensorPlan plan = TensorFiles.plan(conf, List.of(one), TensorFixture.DATASET, "one");
    List<TensorPlan.RowGroup> groups = new ArrayList<>(plan.rowGroups());
    plan = TensorFiles.plan(conf, List.of(two), TensorFixture.DATASET, "two");
    groups.addAll(plan.rowGroups());
    List<MultiDataSet> batches = new ArrayList<>();
    for (BatchRef ref : new TensorPlan(plan.shape(), groups).epoch(4, 7, 1)) {
      batches.add(loader.training(new BatchRequest(ref, 7, 1)));
    }
    return batches;
  }

  @Test
  void aFailureComesWhereItsBatchWouldHaveCome() throws Exception {
    GatedFileSystem.GATE.release(requests.size());
    BatchRequest bad = requests.get(1);
    BatchReader.Source source =
        request -> {
          if (request.equals(bad)) {
            throw new IOException("row group 1 is damaged");
          }
          return loader.training(request);
        };
    try (BatchReader batches = new BatchReader(source, requests, 2)) {
      BatchReader.free(batches.next());
      assertThatThrownBy(batches::next)
          .isInstanceOf(IOException.class)
          .hasMessage("row group 1 is damaged");
    }
    BatchReader.Source broken =
        request -> {
          throw new AssertionError("no memory");
        };
    try (BatchReader batches = new BatchReader(broken, requests, 1)) {
      assertThatThrownBy(batches::next).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void whatCanNotBecomeABatchIsNamed() {
    GatedFileSystem.GATE.release(requests.size());
    BatchRef ref = (BatchRef) requests.get(1).ref();
    BatchRef beyond = new BatchRef(ref.file(), ref.rowGroup(), 0, 1000, ref.key());
    assertThatThrownBy(() -> loader.training(new BatchRequest(beyond, 7, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "rows 0 to 999 of row group %d of tensor file gated:/".formatted(ref.rowGroup()));
  }

  /** The gate stays shut: closing stops the thread, and the task returns only after that. */
  @Test
  void closingEndsAThreadThatWaitsForStorage() throws Exception {
    try (BatchReader batches = new BatchReader(loader::training, requests, 2)) {
      assertThat(GatedFileSystem.ASKED.poll(1, TimeUnit.MINUTES)).isNotNull();
      assertThat(readers()).hasSize(1);
      assertThat(batches.hasNext()).isTrue();
    }
    assertThat(readers()).isEmpty();
  }
}
