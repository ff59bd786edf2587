package org.headct.ich.jobs.modelstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.file.AtomicFiles;

/**
 * The directory of one run on any Hadoop file system. Every file is replaced whole, so that a
 * reader or a restarted run never meets half of one.
 *
 * <p>An epoch is done when its checkpoint is there. All else follows from the checkpoint, and is
 * written again from it when a run goes on: a process may be killed at any point.
 *
 * <pre>
 * model.zip               the best model by validation loss, or the last without validation
 * checkpoint-0007.zip     after epoch 7: parameters, updater state, {@link TrainState}
 * run.json                {@link RunInfo}
 * metrics.jsonl           {@link EpochMetrics}, one line an epoch
 * mlflow.json             where MLflow keeps the run, if it does
 * evaluated.json          what evaluate-model last found out of which model
 * </pre>
 */
public final class ModelStore {
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d+)\\.zip");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration conf;
  private final Path directory;

  /** The run directory; made at the first write. */
  public ModelStore(Configuration conf, String directory) {
    this.conf = conf;
    this.directory = new Path(directory);
  }

  /**
   * The run of that name, or the newest with a model.
   *
   * @param models parent of the run directories
   * @param run a name, or empty for the newest
   * @throws UserException when there is none
   */
  public static ModelStore find(Configuration conf, String models, String run) {
    Path parent = new Path(models);
    try {
      FileSystem fs = parent.getFileSystem(conf);
      if (!run.isEmpty()) {
        if (!fs.exists(new Path(new Path(parent, run), "model.zip"))) {
          throw new UserException(
              "there is no trained run %s under %s (models.path): it has no model.zip, which train-model makes"
                  .formatted(run, models));
        }
        return new ModelStore(conf, new Path(parent, run).toString());
      }
      Path newest = null;
      long time = Long.MIN_VALUE;
      FileStatus[] runs = fs.exists(parent) ? fs.listStatus(parent) : new FileStatus[0];
      for (FileStatus candidate : runs) {
        Path model = new Path(candidate.getPath(), "model.zip");
        if (fs.exists(model) && fs.getFileStatus(model).getModificationTime() > time) {
          newest = candidate.getPath();
          time = fs.getFileStatus(model).getModificationTime();
        }
      }
      if (newest == null) {
        throw new UserException(
            "models.path: no trained model under %s; run train-model first".formatted(models));
      }
      return new ModelStore(conf, newest.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for models under " + models, e);
    }
  }

  /** The run's folder name. */
  public String name() {
    return directory.getName();
  }

  /** Where the model to score with lies. */
  public String modelPath() {
    return new Path(directory, "model.zip").toString();
  }

  /** First 16 hexadecimal digits of the SHA-256 of the model, which a resumed run may change. */
  public String modelHash() throws IOException {
    Path file = new Path(modelPath());
    try (InputStream in = file.getFileSystem(conf).open(file)) {
      return DigestUtils.sha256Hex(in).substring(0, 16);
    }
  }

  /** Whether a run has begun here. */
  public boolean exists() throws IOException {
    return directory.getFileSystem(conf).exists(new Path(directory, "run.json"));
  }

  /** A file of the run that is nobody's but its writer's. */
  public <T> RunFile<T> note(String name, Class<T> type) {
    return new RunFile<>(conf, directory.toString(), name, type);
  }

  public void writeRun(RunInfo run) throws IOException {
    writeText("run.json", JSON.writerWithDefaultPrettyPrinter(), run);
  }

  /**
   * Reads the description of the run, for jobs that score with its model or resume it.
   *
   * @throws UserException if there is none, or an earlier release wrote it in another form
   */
  public RunInfo readRun() throws IOException {
    JsonNode run = runJson();
    if (run.path("settings").path("optimizer").isTextual()) {
      throw new UserException(
          "run %s was trained by an earlier release (%s), whose run.json has another form: train it again, under another name"
              .formatted(name(), run.path("codeVersion").asText()));
    }
    return JSON.treeToValue(run, RunInfo.class);
  }

  /** Returns the snapshot of {@code ich.tensors} that the run names, in any form of run.json. */
  public long tensorSnapshot() throws IOException {
    JsonNode snapshot = runJson().path("tensorSnapshot");
    if (!snapshot.isIntegralNumber()) {
      throw new IOException("it names no snapshot of ich.tensors");
    }
    return snapshot.longValue();
  }

  private JsonNode runJson() throws IOException {
    Path file = new Path(directory, "run.json");
    try (InputStream in = file.getFileSystem(conf).open(file)) {
      JsonNode run = JSON.readTree(in);
      if (!run.isObject()) {
        throw new IOException(file + " holds no JSON object");
      }
      return run;
    } catch (FileNotFoundException e) {
      throw new UserException("not a run directory (no run.json): " + directory, e);
    }
  }

  /** Writes the network for scoring, before it is known how good it is, and returns its path. */
  public String writeCandidate(ComputationGraph network) throws IOException {
    ModelFile.write(conf, candidate(), network, null);
    return candidate().toString();
  }

  /** Writes the checkpoint of an epoch and returns its path. */
  public String writeCheckpoint(ComputationGraph network, TrainState state) throws IOException {
    Path file = checkpoint(state.epoch());
    ModelFile.write(
        conf,
        file,
        network,
        new ModelFile.TrainingState(
            network.getUpdater().getStateViewArray(), JSON.writeValueAsString(state)));
    return file.toString();
  }

  /**
   * Writes what follows from a checkpoint: the model, if its last epoch is the best, and the
   * metrics. Doing it twice does no harm.
   */
  public void publish(ComputationGraph network, TrainState state) throws IOException {
    if (state.lastIsBest()) {
      ModelFile.write(conf, new Path(directory, "model.zip"), network, null);
    }
    writeMetrics(state.metrics());
  }

  /** Removes all but the newest checkpoints, the candidate, and what a killed process left. */
  public void tidy(int checkpoints) throws IOException {
    List<Integer> epochs = checkpointEpochs();
    FileSystem fs = directory.getFileSystem(conf);
    for (int epoch : epochs.subList(0, Math.max(0, epochs.size() - checkpoints))) {
      fs.delete(checkpoint(epoch), false);
    }
    fs.delete(candidate(), false);
    AtomicFiles.removeTemporaries(conf, directory);
  }

  /** A network as it was after an epoch, and where the run stood. */
  public record Resumed(ComputationGraph network, TrainState state) {}

  /** The newest checkpoint, if there is one. */
  public Optional<Resumed> lastCheckpoint() throws IOException {
    List<Integer> epochs = checkpointEpochs();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    Path file = checkpoint(epochs.get(epochs.size() - 1));
    TrainState state = JSON.readValue(ModelFile.readState(conf, file), TrainState.class);
    return Optional.of(new Resumed(ModelFile.readForTraining(conf, file), state));
  }

  /** The metrics of all epochs so far; empty for a new run. */
  public List<EpochMetrics> readMetrics() throws IOException {
    Path file = new Path(directory, "metrics.jsonl");
    FileSystem fs = file.getFileSystem(conf);
    if (!fs.exists(file)) {
      return List.of();
    }
    List<EpochMetrics> metrics = new ArrayList<>();
    try (InputStream in = fs.open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
        metrics.add(JSON.readValue(line, EpochMetrics.class));
      }
    }
    return metrics;
  }

  private void writeMetrics(List<EpochMetrics> metrics) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (EpochMetrics m : metrics) {
      lines.append(JSON.writeValueAsString(m)).append('\n');
    }
    AtomicFiles.write(
        conf,
        new Path(directory, "metrics.jsonl"),
        out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private Path candidate() {
    return new Path(directory, "candidate.zip");
  }

  private Path checkpoint(int epoch) {
    return new Path(directory, "checkpoint-%04d.zip".formatted(epoch));
  }

  private List<Integer> checkpointEpochs() throws IOException {
    FileSystem fs = directory.getFileSystem(conf);
    if (!fs.exists(directory)) {
      return List.of();
    }
    List<Integer> epochs = new ArrayList<>();
    for (FileStatus status : fs.listStatus(directory)) {
      Matcher m = CHECKPOINT.matcher(status.getPath().getName());
      if (m.matches()) {
        epochs.add(Integer.valueOf(m.group(1)));
      }
    }
    epochs.sort(Comparator.naturalOrder());
    return epochs;
  }

  private void writeText(String name, ObjectWriter writer, Object value) throws IOException {
    AtomicFiles.write(
        conf, new Path(directory, name), out -> out.write(writer.writeValueAsBytes(value)));
  }
}
