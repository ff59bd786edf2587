package org.headct.ich.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.doctor.Finding.Level;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import picocli.CommandLine.Command;

/** The job that reports what is missing before another job fails on it. */
@Command(
    name = "doctor",
    header = "Checks Java, Spark, GPUs, paths, catalog and inputs.",
    footer = {
      "Reads:   only what it checks",
      "Writes:  a file of a few bytes under each configured path, removed at once",
      "Example: ich doctor --config conf/local.conf",
      "Exit code 1 if something would make a job fail."
    })
public final class DoctorJob implements Job {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public List<String> keys() {
    return List.of("warehouse.path", "models.path", "labels.input", "dicom.input");
  }

  @Override
  public JobPlan plan(JobContext context) {
    return new JobPlan(List.of("Java, Spark, native library, GPUs, paths, catalog"), List.of());
  }

  @Override
  public JobReport run(JobContext context) {
    JobReport.Builder report = context.report(this);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(MachineChecks.run(context));
    findings.addAll(StorageChecks.run(context));
    for (Finding finding : findings) {
      context.console().println(finding.line());
    }
    context.console().flush();
    long failures = findings.stream().filter(f -> f.level() == Level.FAIL).count();
    if (failures > 0) {
      throw new DataRefusedException(
          "doctor: %d of %d checks failed; see the remedies above"
              .formatted(failures, findings.size()));
    }
    long warnings = findings.stream().filter(f -> f.level() == Level.WARN).count();
    return report.done("%d checks, %d warnings".formatted(findings.size(), warnings));
  }
}
