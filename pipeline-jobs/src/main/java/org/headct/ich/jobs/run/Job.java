package org.headct.ich.jobs.run;

import java.util.List;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.jobs.report.JobReport;

/**
 * One command: a thin shell that reads rows, calls the pure core and writes rows. Its picocli
 * annotation is its manual page.
 */
public interface Job {
  /** The command's name: verb-noun. */
  String name();

  /** The keys or sections that people change with this command. Its help lists them. */
  List<String> keys();

  /**
   * Checks the settings that the run reads and the command's own options. Needs no Spark, storage
   * or table, so that the user sees a mistake within a second.
   *
   * @throws org.headct.ich.domain.error.UserException for a value that no run can use
   */
  default void check(Settings settings) {}

  /**
   * Returns what the run would read and write. First checks the settings and that the inputs exist;
   * nothing is changed.
   *
   * @throws org.headct.ich.domain.error.UserException for a mistake of the user
   */
  JobPlan plan(JobContext context);

  /**
   * Returns whether a run would only write what is already there: same inputs, same settings, same
   * version. Refresh asks this. A job that cannot tell returns false.
   */
  default boolean upToDate(JobContext context) {
    return false;
  }

  /** Runs the job. The report names every table and file that was published. */
  JobReport run(JobContext context);
}
