package org.headct.ich.jobs.predict;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.PredictConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.dump.TensorMaker;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.Preprocessing;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.scoring.TaskNetwork;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.jspecify.annotations.Nullable;

/**
 * The model of a run and the settings of its input, taken only from the run. It is sent to the
 * tasks.
 *
 * @param run name of the run
 * @param hash first digits of the SHA-256 of model.zip
 * @param network description of the network
 * @param outputs outputs of the network, in order
 * @param recipe recipe of the tensors
 * @param moments moments to standardise by, or null
 * @param reader reader that decodes objects
 * @param readsSeries true if the network scores the slices of a series together, in order
 * @param batchSize number of tensors that are scored together otherwise
 * @param opener opener of the network
 */
record ScoringModel(
    String run,
    String hash,
    String network,
    List<Subtype> outputs,
    TensorRecipe recipe,
    @Nullable Standardisation moments,
    DicomConfig.Reader reader,
    boolean readsSeries,
    int batchSize,
    TaskNetwork.Opener opener)
    implements Serializable {

  /**
   * Reads the model that the settings name.
   *
   * @throws UserException if there is no such run, if it does not state how its tensors were made,
   *     or if the user's settings contradict it
   */
  static ScoringModel of(JobContext context, PredictConfig config) {
    ModelStore store = ModelStore.find(context.hadoop(), context.places().models(), config.run());
    try {
      RunInfo run = store.readRun();
      Preprocessing made = Preprocessing.of(run);
      made.settings(run.settings()).check(context.settings(), run.run(), run.dataset());
      // Fails with a message if this build lacks the reader.
      DicomReaders.named(Settings.kebab(made.reader()));
      return new ScoringModel(
          run.run(),
          store.modelHash(),
          run.settings().inWords(),
          run.settings().head().subtypes(),
          made.tensorRecipe(),
          made.moments(),
          made.reader(),
          run.settings().readsSeries(),
          run.settings().batchSize(),
          TaskNetwork.opener(store.modelPath(), run.settings(), run.shape()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run of " + store.modelPath(), e);
    }
  }

  /** Returns a maker of the model's tensors for the current task. */
  TensorMaker maker(Configuration conf, LongAccumulator bytesRead) {
    return new TensorMaker(conf, Settings.kebab(reader), recipe, bytesRead);
  }

  /** Returns the form of the model's tensors, as in the tensors table. */
  Form form() {
    int size = recipe.slice().size();
    return new Form(
        recipe.channels(),
        size,
        size,
        String.join(",", recipe.channelNames()),
        recipe.values().type(),
        moments == null ? null : moments.text(),
        recipe.text());
  }
}
