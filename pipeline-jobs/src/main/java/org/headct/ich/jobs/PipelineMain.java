package org.headct.ich.jobs;

import java.util.List;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.chains.ExperimentJob;
import org.headct.ich.jobs.chains.RefreshJob;
import org.headct.ich.jobs.classifiers.ExtractFeaturesJob;
import org.headct.ich.jobs.classifiers.TrainClassifiersJob;
import org.headct.ich.jobs.doctor.DoctorJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.explore.ExploreJob;
import org.headct.ich.jobs.maintain.MaintainJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.predict.PredictJob;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.CommandGroup;
import org.headct.ich.jobs.run.CommandRunner;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.sql.SqlJob;
import org.headct.ich.jobs.trainmodel.TrainModelJob;

/** The command line: {@code spark-submit --class ... PipelineMain <command> [options]}. */
public final class PipelineMain {
  private PipelineMain() {}

  /** Returns the commands, in the order in which data pass through them. */
  static List<Job> jobs() {
    return groups().stream().flatMap(group -> group.jobs().stream()).toList();
  }

  /** Returns the commands by group. */
  static List<CommandGroup> groups() {
    List<Job> refreshed =
        List.of(
            new ReshapeLabelsJob(),
            new AuditDicomJob(),
            new SelectSlicesJob(),
            new BuildTensorsJob());
    RefreshJob refresh = new RefreshJob(refreshed);
    TrainModelJob train = new TrainModelJob();
    EvaluateModelJob evaluate = new EvaluateModelJob();
    ExtractFeaturesJob features = new ExtractFeaturesJob();
    TrainClassifiersJob classifiers = new TrainClassifiersJob();
    ExploreJob pages = ExploreJob.ofExperiments();
    return List.of(
        new CommandGroup("Before you begin", List.of(new DoctorJob(), new MakePhantomsJob())),
        new CommandGroup("From a dump to tensors", refreshed),
        new CommandGroup("On a schedule", List.of(refresh, new MaintainJob())),
        new CommandGroup(
            "Models",
            List.of(
                train,
                evaluate,
                features,
                classifiers,
                new ExperimentJob(refresh, train, evaluate, features, classifiers, pages),
                new PredictJob())),
        new CommandGroup("Tables", List.of(new ExploreJob(), new SqlJob())));
  }

  /**
   * Runs one command and ends the process. No other code calls {@code System.exit}. With the system
   * property {@code ich.check} it only checks the command line, for the launcher.
   */
  public static void main(String[] args) {
    CommandRunner runner = new CommandRunner(groups());
    System.exit(Boolean.getBoolean("ich.check") ? runner.check(args) : runner.execute(args));
  }
}
