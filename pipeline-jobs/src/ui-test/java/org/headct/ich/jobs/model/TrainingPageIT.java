package org.headct.ich.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.common.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In builds with {@code -Pui}: the page answers while a network is trained. */
class TrainingPageIT {
  private final JavaSparkContext spark = LocalSpark.context();
  @TempDir private Path directory;

  @Test
  void thePageShowsTheTrainingWhileItRunsAndEndsWithIt() throws IOException {
    int port = freePort();
    List<String> pages = new ArrayList<>();
    List<String> figures = new ArrayList<>();
    TrainProgress asking =
        new TrainProgress() {
          @Override
          public void averaged(ComputationGraph network, double score, int iteration) {
            pages.add(get(port, "/train/overview"));
            figures.add(get(port, "/train/overview/data"));
          }
        };
    TrainProgress page = TrainingPage.find().orElseThrow().open(port, "heads");
    TensorPlan tensors =
        TensorFiles.plan(
            spark.hadoopConfiguration(),
            List.of(new TensorFixture(1, 32, 3).write(directory, "train", 64)),
            TensorFixture.DATASET,
            "train");
    TrainSettings settings = Settings.binary().epochs(3).build();
    try {
      new SparkTrainer(
              spark,
              settings,
              new ModelStore(spark.hadoopConfiguration(), directory.resolve("run").toString()),
              TrainProgress.all(List.of(page, asking)))
          .train(tensors, new TensorPlan(tensors.shape(), List.of()));
      assertThat(get(port, "/train/sessions/info")).contains("heads");
    } finally {
      page.ended(true);
    }

    assertThat(pages).hasSize(3).allMatch(html -> html.contains("<html"));
    assertThat(figures).allMatch(json -> json.contains("\"scores\""));
    assertThatThrownBy(() -> get(port, "/train/overview"))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void aPortThatIsTakenIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(
              () -> TrainingPage.find().orElseThrow().open(taken.getLocalPort(), "heads"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("train.ui-port: cannot serve on port " + taken.getLocalPort());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String get(int port, String path) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
