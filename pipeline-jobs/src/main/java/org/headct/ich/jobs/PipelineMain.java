package org.headct.ich.jobs;

import java.util.ArrayList;
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
    List<Job> refreshed =
        List.of(
            new ReshapeLabelsJob(),
            new AuditDicomJob(),
            new SelectSlicesJob(),
            new BuildTensorsJob());
    List<Job> jobs = new ArrayList<>();
    jobs.add(new DoctorJob());
    jobs.add(new MakePhantomsJob());
    jobs.addAll(refreshed);
    RefreshJob refresh = new RefreshJob(refreshed);
    TrainModelJob train = new TrainModelJob();
    EvaluateModelJob evaluate = new EvaluateModelJob();
    ExtractFeaturesJob features = new ExtractFeaturesJob();
    TrainClassifiersJob classifiers = new TrainClassifiersJob();
    jobs.add(refresh);
    jobs.add(new MaintainJob());
    jobs.add(train);
    jobs.add(evaluate);
    jobs.add(features);
    jobs.add(classifiers);
    jobs.add(
        new ExperimentJob(
            refresh, train, evaluate, features, classifiers, ExploreJob.ofExperiments()));
    jobs.add(new PredictJob());
    jobs.add(new ExploreJob());
    jobs.add(new SqlJob());
    return jobs;
  }

  /**
   * Runs one command and ends the process. No other code calls {@code System.exit}. With the system
   * property {@code ich.check} it only checks the command line, for the launcher.
   */
  public static void main(String[] args) {
    CommandRunner runner = new CommandRunner(jobs());
    System.exit(Boolean.getBoolean("ich.check") ? runner.check(args) : runner.execute(args));
  }
}
