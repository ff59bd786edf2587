package org.headct.ich.jobs;

import java.util.List;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.CommandRunner;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.trainmodel.TrainModelJob;

/** The command line: {@code spark-submit --class ... PipelineMain <command> [options]}. */
public final class PipelineMain {
  private PipelineMain() {}

  /** The commands, in the order of the data's way. */
  static List<Job> jobs() {
    return List.of(
        new MakePhantomsJob(),
        new ReshapeLabelsJob(),
        new AuditDicomJob(),
        new SelectSlicesJob(),
        new BuildTensorsJob(),
        new TrainModelJob(),
        new EvaluateModelJob());
  }

  /** Runs one command and ends the process: the only exit point. */
  public static void main(String[] args) {
    System.exit(new CommandRunner(jobs()).execute(args));
  }
}
