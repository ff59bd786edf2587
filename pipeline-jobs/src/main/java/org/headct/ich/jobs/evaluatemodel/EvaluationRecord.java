package org.headct.ich.jobs.evaluatemodel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunFile;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.pages.PageNames;

/**
 * The record of the evaluated model and its settings: the file {@code evaluated.json} of a run.
 *
 * @param epochs number of epochs that the run had finished; further epochs may change the kept
 *     model
 * @param settings hash of the settings under {@code evaluate}
 * @param version version of this program; another release always evaluates again
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record EvaluationRecord(int epochs, String settings, String version) {
  static EvaluationRecord of(JobContext context, ModelStore store) throws IOException {
    return new EvaluationRecord(
        store.readMetrics().size(), context.settings().hash("evaluate"), CodeVersion.current());
  }

  /**
   * Returns whether the run's last evaluation had this model and these settings, and its page
   * exists.
   */
  static boolean isUpToDate(JobContext context, ModelStore store) throws IOException {
    EvaluationRecord last = note(store).read().orElse(null);
    if (last == null || !last.equals(of(context, store))) {
      return false;
    }
    Path page = new Path(context.places().reports(), PageNames.evaluation(store.name()));
    return page.getFileSystem(context.hadoop()).exists(page);
  }

  void write(ModelStore store) throws IOException {
    note(store).write(this);
  }

  private static RunFile<EvaluationRecord> note(ModelStore store) {
    return store.note("evaluated.json", EvaluationRecord.class);
  }
}
