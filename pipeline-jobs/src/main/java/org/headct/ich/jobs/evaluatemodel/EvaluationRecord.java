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
 * Which model was evaluated and how: the file {@code evaluated.json} of a run.
 *
 * @param epochs that the model's run had behind it: with them the kept model changes
 * @param settings hash of the keys of {@code evaluate}
 * @param version of this program; another release evaluates anew, whatever its file says
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record EvaluationRecord(int epochs, String settings, String version) {
  static EvaluationRecord of(JobContext context, ModelStore store) throws IOException {
    return new EvaluationRecord(
        store.readMetrics().size(), context.settings().hash("evaluate"), CodeVersion.current());
  }

  /**
   * Whether the last evaluation of the run was of this model, by these settings, and its page is
   * there.
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
