package org.headct.ich.jobs.run;

import org.headct.ich.domain.config.Settings;
import org.headct.ich.jobs.report.JobReport;

/**
 * One command: a thin shell that reads rows, calls the pure core, writes rows. Its picocli
 * annotation is its manual page.
 */
public interface Job {
  /** The command's name, verb-noun. */
  String name();

  /**
   * Checks the settings that the run reads and the command's own options. Needs no Spark, no
   * storage and no table, so that a mistake is told within a second.
   *
   * @throws org.headct.ich.domain.error.UserException for a value that no run can take
   */
  default void check(Settings settings) {}

  /**
   * Says what the run would read and write, and checks what can be checked before anything is
   * touched: settings, the presence of inputs.
   *
   * @throws org.headct.ich.domain.error.UserException for a mistake of the user
   */
  JobPlan plan(JobContext context);

  /**
   * Whether a run would write what is there already: same inputs, same settings, same version.
   * Asked by refresh; a job that cannot tell says no.
   */
  default boolean upToDate(JobContext context) {
    return false;
  }

  /** Does it; everything published is in tables or files that the report names. */
  JobReport run(JobContext context);
}
