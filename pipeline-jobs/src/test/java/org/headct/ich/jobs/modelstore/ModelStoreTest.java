package org.headct.ich.jobs.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.testing.TestTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir private Path folder = Path.of("");

  private ModelStore store() {
    return new ModelStore(new Configuration(), folder.resolve("one").toString());
  }

  private void json(String text) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("one")).resolve("run.json"), text);
  }

  @Test
  void settingsSurviveWithTheirParts() throws IOException {
    RunInfo info =
        new RunInfo(
            "one",
            "binary",
            123L,
            new TensorShape(3, 64, 64, "brain:40/80", "uint8"),
            TestTraining.multilabel()
                .network(NetworkName.DOUBLE_RESNET18)
                .adam(0.002)
                .lstm(16)
                .classWeights(0.75, 1.5)
                .positiveWeights(1, 2, 3, 4, 5)
                .labelSmoothing(0.1)
                .build(),
            "0.1.0",
            11L,
            "CPU",
            Map.of(),
            null,
            null);
    store().writeRun(info);

    assertThat(store().readRun()).isEqualTo(info);
    assertThat(store().tensorSnapshot()).isEqualTo(123);
    assertThat(folder.resolve("one/run.json"))
        .content()
        .contains("\"learningRate\" : 0.002", "\"network\" : \"DOUBLE_RESNET18\"");
  }

  /** The form before settings had parts. Its tensors are still known, so that they are kept. */
  @Test
  void aRunInAnEarlierFormMustBeTrainedAgain() throws IOException {
    json(
        """
        {"run": "one", "dataset": "binary", "tensorSnapshot": 77, "codeVersion": "0.1.0+abc",
         "settings": {"network": "RESNET_18", "optimizer": "SGD", "learningRate": 0.01}}
        """);

    assertThatThrownBy(() -> store().readRun())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "run one was trained by an earlier release (0.1.0+abc), whose run.json has another form: train it again, under another name");
    assertThat(store().tensorSnapshot()).isEqualTo(77);
  }

  @Test
  void filesThatDescribeNoRunAreFaults() throws IOException {
    for (String text : new String[] {"", "{\"run\":", "[]", "{}"}) {
      json(text);
      assertThatThrownBy(() -> store().tensorSnapshot()).isInstanceOf(IOException.class);
    }
  }
}
