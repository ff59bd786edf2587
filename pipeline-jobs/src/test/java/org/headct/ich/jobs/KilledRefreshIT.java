package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.testing.DyingFileSystem;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a refresh that is killed at its commits and finished by the next one. */
class KilledRefreshIT {
  private static final List<Job> STAGES = Pipeline.refreshStages();

  /** Least number of kills: before and after each commit of a refresh. */
  private static final int LEAST_KILLS = 10;

  @TempDir private Path temporary = Path.of("");
  private Pipeline tables = new Pipeline(TestSpark.session(), temporary);
  private Pipeline dying = tables;
  private Map<String, String> before = Map.of();
  private Map<String, String> after = Map.of();

  /** Prepares tables of a dump that has new files. */
  @BeforeEach
  void somethingToDo() throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    RefreshedDump dump = new RefreshedDump(temporary);
    Path later = dump.withhold(4);
    tables = dump.pipeline("tables");
    tables.run(Pipeline.refreshJob());
    before = tables.contents();
    dump.giveBack(later);
    after = dump.atOnce();
    dying =
        tables.withWarehouse(DyingFileSystem.path(tables.folder().resolve("warehouse")).toString());
  }

  @AfterEach
  void heal() {
    DyingFileSystem.heal();
  }

  /** Dies before the first commit of a stage that has work, and after that of the next one. */
  @Test
  void killedInEachStage() {
    boolean survives = false;
    for (Job stage : STAGES) {
      int done = STAGES.indexOf(stage);
      if (stage.upToDate(tables.context())) {
        // There are no new labels.
        continue;
      }
      boolean died = diesAtCommit(1, survives);
      // The commit may have been the last work of its stage.
      long now = RefreshedDump.stagesUpToDate(tables);
      assertThat(now).isBetween((long) done, done + (survives ? 1L : 0L));
      assertThat(died || now > done).as("killed in " + stage.name()).isTrue();
      if (now == done) {
        tables.run(stage);
      }
      survives = !survives;
    }
    assertFinished();
  }

  @Test
  @Tag("nightly")
  void killedAtAnyCommit() {
    int kills = 0;
    int commit = 1;
    long upToDate = RefreshedDump.stagesUpToDate(tables);
    // Each run continues from the previous one's state. It dies before its next commit or after
    // it. A stage that was not finished starts again, and the run dies one commit later.
    for (boolean survives = false; upToDate < STAGES.size(); survives = !survives) {
      boolean died = diesAtCommit(commit, survives);
      kills++;
      long now = RefreshedDump.stagesUpToDate(tables);
      assertThat(died || now == STAGES.size())
          .as("the run did not get to commit %d", commit)
          .isTrue();
      commit = now > upToDate ? 1 : survives ? commit + 1 : commit;
      upToDate = now;
    }
    assertThat(kills).isGreaterThanOrEqualTo(LEAST_KILLS);
    assertFinished();
  }

  /** Runs a refresh that dies. Afterwards each table has its old or its new rows. */
  private boolean diesAtCommit(int commit, boolean survives) {
    DyingFileSystem.dieAtCommit(commit, survives);
    boolean died = dies();
    DyingFileSystem.heal();
    tables
        .contents()
        .forEach(
            (table, rows) -> {
              // Several stages write rows of slice_findings.
              if (!table.equals("slice_findings")) {
                assertThat(rows).as(table).isIn(before.get(table), after.get(table));
              }
            });
    return died;
  }

  private boolean dies() {
    try {
      dying.run(Pipeline.refreshJob());
      return false;
    } catch (UserException | DataRefusedException e) {
      throw new AssertionError("a killed run is no mistake of the user or the data", e);
    } catch (RuntimeException e) {
      return true;
    }
  }

  private void assertFinished() {
    assertThat(tables.contents()).isEqualTo(after);
    assertThat(tables.run(Pipeline.refreshJob()).outcome()).isEqualTo("everything was up to date");
  }
}
