package org.headct.ich.jobs.modelstore;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.headct.ich.jobs.file.Json;

/**
 * The directory of one run on any Hadoop file system. Each write replaces the whole file, so no
 * reader or restarted run sees a partial file.
 *
 * <p>An epoch is complete when its checkpoint exists. All other files are derived from the
 * checkpoint. A resumed run writes them again, because a process may be killed at any point.
 *
 * <pre>
 * model.zip               the best model by validation loss, or the last without validation
 * checkpoint-0007.zip     after epoch 7: parameters, updater state, {@link TrainState}
 * run.json                {@link RunInfo}
 * metrics.jsonl           {@link EpochMetrics}, one line per epoch
 * mlflow.json             the location of the run in MLflow, if it is recorded there
 * evaluated.json          the last result of evaluate-model, and the model that it evaluated
 * </pre>
 */
public final class ModelStore {
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d+)\\.zip");
  private final Configuration conf;
  private final Path directory;

  /** Opens a run directory, which is created by the first write. */
  public ModelStore(Configuration conf, String directory) {
    this.conf = conf;
    this.directory = new Path(directory);
  }

  /**
   * Finds the run of a name or the newest run with a model.
   *
   * @param models parent of the run directories
   * @param run name of the run, or empty for the newest
   * @throws UserException if there is no such run with a model
   */
  public static ModelStore find(Configuration conf, String models, String run) {
    Path parent = new Path(models);
    try {
      FileSystem fs = parent.getFileSystem(conf);
      if (!run.isEmpty()) {
        if (!fs.exists(new Path(new Path(parent, run), "model.zip"))) {
          throw new UserException(
              "there is no trained run %s under %s (models.path): it has no model.zip; run train-model first"
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

  /** Returns the name of the run, which is its folder's name. */
  public String name() {
    return directory.getName();
  }

  /** Returns the path of the model to score with. */
  public String modelPath() {
    return new Path(directory, "model.zip").toString();
  }

  /**
   * Returns the first 16 hexadecimal digits of the model's SHA-256. A resumed run may change the
   * model.
   */
  public String modelHash() throws IOException {
    Path file = new Path(modelPath());
    try (InputStream in = file.getFileSystem(conf).open(file)) {
      return DigestUtils.sha256Hex(in).substring(0, 16);
    }
  }

  /** Returns whether a run has started here. */
  public boolean exists() throws IOException {
    return directory.getFileSystem(conf).exists(new Path(directory, "run.json"));
  }

  /** Returns a file of the run that belongs to the code that writes it. */
  public <T> RunFile<T> note(String name, Class<T> type) {
    return new RunFile<>(conf, directory.toString(), name, type);
  }

  public void writeRun(RunInfo run) throws IOException {
    writeText("run.json", Json.MAPPER.writerWithDefaultPrettyPrinter(), run);
  }

  /**
   * Reads the run's description, for scoring with its model or resuming it.
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
    return Json.MAPPER.treeToValue(run, RunInfo.class);
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
      JsonNode run = Json.MAPPER.readTree(in);
      if (!run.isObject()) {
        throw new IOException(file + " holds no JSON object");
      }
      return run;
    } catch (FileNotFoundException e) {
      throw new UserException("not a run directory (no run.json): " + directory, e);
    }
  }

  /** Writes the network for scoring, before its quality is known, and returns its path. */
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
            network.getUpdater().getStateViewArray(), Json.MAPPER.writeValueAsString(state)));
    return file.toString();
  }

  /**
   * Writes the files that derive from a checkpoint: the metrics, and the model if its last epoch is
   * the best. Repeating the call is harmless.
   */
  public void publish(ComputationGraph network, TrainState state) throws IOException {
    if (state.lastIsBest()) {
      ModelFile.write(conf, new Path(directory, "model.zip"), network, null);
    }
    writeMetrics(state.metrics());
  }

  /**
   * Removes all except the newest checkpoints, the candidate, and temporary files of killed
   * processes.
   */
  public void tidy(int checkpoints) throws IOException {
    List<Integer> epochs = checkpointEpochs();
    FileSystem fs = directory.getFileSystem(conf);
    for (int epoch : epochs.subList(0, Math.max(0, epochs.size() - checkpoints))) {
      fs.delete(checkpoint(epoch), false);
    }
    fs.delete(candidate(), false);
    AtomicFiles.removeTemporaries(conf, directory);
  }

  /** A network after an epoch, and the state of the run at that point. */
  public record Resumed(ComputationGraph network, TrainState state) {}

  /** Reads the newest checkpoint, if there is one. */
  public Optional<Resumed> lastCheckpoint() throws IOException {
    List<Integer> epochs = checkpointEpochs();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    Path file = checkpoint(epochs.get(epochs.size() - 1));
    TrainState state = Json.MAPPER.readValue(ModelFile.readState(conf, file), TrainState.class);
    return Optional.of(new Resumed(ModelFile.readForTraining(conf, file), state));
  }

  /** Reads the metrics of all epochs so far; empty for a new run. */
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
        metrics.add(Json.MAPPER.readValue(line, EpochMetrics.class));
      }
    }
    return metrics;
  }

  private void writeMetrics(List<EpochMetrics> metrics) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (EpochMetrics m : metrics) {
      lines.append(Json.MAPPER.writeValueAsString(m)).append('\n');
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
