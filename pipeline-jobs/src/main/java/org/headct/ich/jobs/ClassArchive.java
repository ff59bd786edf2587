package org.headct.ich.jobs;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.jobs.run.CommandRunner;

/**
 * A program that runs each kind of command once on a few phantoms. {@code deploy/bin/class-archive}
 * starts it in a JVM with {@code -XX:ArchiveClassesAtExit}, which archives the classes that
 * commands load.
 */
public final class ClassArchive {
  private static final String RUN = "archive";

  private ClassArchive() {}

  /**
   * Runs the commands.
   *
   * @param args one folder, empty, for the dump, the tables, the model and the reports
   * @throws IllegalStateException if a command fails
   */
  public static void main(String[] args) {
    String folder = args[0];
    run(folder, "make-phantoms");
    run(folder, "refresh");
    run(folder, "refresh");
    run(folder, "sql", "-e", "SELECT any, count(*) FROM ich.labels GROUP BY any ORDER BY any");
    run(folder, "train-model");
    run(folder, "evaluate-model");
    run(folder, "explore");
    run(folder, "maintain");
  }

  private static void run(String folder, String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    for (String setting :
        List.of(
            "warehouse.path=" + folder + "/warehouse",
            "models.path=" + folder + "/models",
            "reports.path=" + folder + "/reports",
            "phantoms.output=" + folder + "/dump",
            "phantoms.patients=12",
            "phantoms.slices=5",
            "phantoms.size=64",
            "labels.input=" + folder + "/dump/stage_2_train.csv",
            "dicom.input=" + folder + "/dump/stage_2_train",
            "audit.depth=pixels",
            "select.middle-slices=3",
            "tensors.size=64",
            "train.run=" + RUN,
            "train.network=resnet18",
            "train.epochs=1",
            "train.batch-size=4",
            "evaluate.run=" + RUN)) {
      line.add("--set");
      line.add(setting);
    }
    int code = new CommandRunner(PipelineMain.groups()).execute(line.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("%s ended with code %d".formatted(command[0], code));
    }
  }
}
