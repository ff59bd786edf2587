package org.headct.ich.jobs.modelstore;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.file.AtomicFiles;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model file in the format of DL4J's {@code ModelSerializer}: a zip of {@code
 * configuration.json}, {@code coefficients.bin} and, in a checkpoint, {@code updaterState.bin} and
 * {@code training.json}. It is written without compression, which would cost seconds an epoch and
 * save only a tenth.
 */
public final class ModelFile {
  static final String TRAINING_STATE = "training.json";

  static {
    Nd4jRuntime.prepare();
  }

  private ModelFile() {}

  /** The training data that a checkpoint has and a model for scoring omits. */
  record TrainingState(INDArray updaterState, String json) {}

  public static void write(
      Configuration conf, Path file, ComputationGraph network, @Nullable TrainingState state)
      throws IOException {
    AtomicFiles.write(conf, file, out -> write(out, network, state));
  }

  private static void write(
      OutputStream out, ComputationGraph network, @Nullable TrainingState state)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    zip.setLevel(Deflater.NO_COMPRESSION);
    text(zip, ModelSerializer.CONFIGURATION_JSON, network.getConfiguration().toJson());
    array(zip, ModelSerializer.COEFFICIENTS_BIN, network.params());
    if (state != null) {
      array(zip, ModelSerializer.UPDATER_BIN, state.updaterState());
      text(zip, TRAINING_STATE, state.json());
    }
    zip.finish();
    zip.flush();
  }

  /** Reads the network without its updater, for scoring. */
  public static ComputationGraph readForScoring(Configuration conf, Path file) throws IOException {
    return read(conf, file, Updater.LEFT_OUT);
  }

  /** Reads the network with its updater, to continue training. */
  public static ComputationGraph readForTraining(Configuration conf, Path file) throws IOException {
    return read(conf, file, Updater.LOADED);
  }

  private enum Updater {
    LOADED,
    LEFT_OUT
  }

  private static ComputationGraph read(Configuration conf, Path file, Updater updater)
      throws IOException {
    try (InputStream in = file.getFileSystem(conf).open(file)) {
      return ModelSerializer.restoreComputationGraph(in, updater == Updater.LOADED);
    } catch (FileNotFoundException e) {
      throw new UserException("model not found: " + file + "; train it with train-model", e);
    } catch (IOException | RuntimeException e) {
      throw new IOException("cannot read model %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Reads the training state of a checkpoint. */
  static String readState(Configuration conf, Path file) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(file.getFileSystem(conf).open(file))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (e.getName().equals(TRAINING_STATE)) {
          return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new IOException("no " + TRAINING_STATE + " in " + file + ": not a checkpoint");
  }

  /**
   * Creates an entry with a fixed time, so that a finished run that is resumed writes an identical
   * file.
   */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static void text(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static void array(ZipOutputStream zip, String name, INDArray array) throws IOException {
    zip.putNextEntry(entry(name));
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip, 1 << 16));
    Nd4j.write(array, data);
    data.flush();
    zip.closeEntry();
  }
}
