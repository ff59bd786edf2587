package org.headct.ich.jobs.makephantoms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.domain.config.PhantomsConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.domain.phantom.PhantomFile;
import org.headct.ich.domain.phantom.PhantomLayout;
import org.headct.ich.domain.phantom.PhantomPart;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The job that writes a synthetic dump in exactly the layout of RSNA or CQ500. Patients are made in
 * parallel.
 */
@Command(
    name = "make-phantoms",
    header = "Writes a synthetic head-CT dump of any size, by seed.",
    description =
        "Writes a synthetic head-CT dump in RSNA's or CQ500's layout, of any size, from a seed.",
    footer = {
      "Reads:   nothing",
      "Writes:  phantoms.output/stage_2_train/ID_*.dcm, phantoms.output/stage_2_train.csv;",
      "         or phantoms.output/CQ500CT<n>/Unknown Study/<series>/CT*.dcm, phantoms.output/reads.csv",
      "Example: ich make-phantoms --set phantoms.output=dump --set phantoms.patients=100",
      "         ich make-phantoms --layout cq500 --set phantoms.output=dump",
      "Defects for phantoms.defects: all, or truncated, short-pixel-data, not-dicom, unannotated,",
      "  orphan-label, duplicate-id, duplicate-pixels, missing-geometry, no-rescale, rsna-wrap, ...:",
      "  a wrong name prints the list."
    })
public final class MakePhantomsJob implements Job {
  /** The file that is written last. It marks the dump as complete and holds its settings. */
  private static final String MARK = "_phantoms.txt";

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "rsna or cq500; overrides phantoms.layout.")
  @Nullable PhantomLayout layout;

  @Override
  public String name() {
    return "make-phantoms";
  }

  @Override
  public List<String> keys() {
    return List.of("phantoms");
  }

  @Override
  public void check(Settings settings) {
    config(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    PhantomsConfig config = config(context.settings());
    checkFree(context, config);
    return new JobPlan(
        List.of(config.settings().toString()),
        List.of(
            config.output() + "/" + config.settings().layout().objects(),
            config.output() + "/" + config.settings().layout().labels()));
  }

  @Override
  public JobReport run(JobContext context) {
    PhantomsConfig config = config(context.settings());
    JobReport.Builder report = context.report(this);
    if (checkFree(context, config)) {
      return report.file("dump", config.output()).done("already there with the same settings");
    }
    context.progress().step("make-phantoms");
    PhantomSettings settings = config.settings();
    String output = config.output();
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    // A task makes a few patients: enough tasks to show progress and to use all cores.
    int tasks = Math.min(settings.patients(), Math.max(64, settings.patients() / 50));
    List<Integer> patients = IntStream.range(0, settings.patients()).boxed().toList();
    Written written =
        context
            .javaSpark()
            .parallelize(patients, tasks)
            .map(i -> write(hadoop.value().value(), output, settings, i))
            .reduce(Written::plus);
    try {
      gatherLabels(context.hadoop(), output, new PhantomDump(settings));
      writeText(context.hadoop(), new Path(output, MARK), settings.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the labels of the dump", e);
    }
    String labels = output + "/" + settings.layout().labels();
    return report
        .next("refresh --set labels.input=%s --set dicom.input=%s".formatted(labels, output))
        .fact("patients", "%,d".formatted(settings.patients()))
        .fact("files", "%,d".formatted(written.files()))
        .fact("bytes", "%,d".formatted(written.bytes()))
        .file("dump", output)
        .done("%,d DICOM files".formatted(written.files()));
  }

  private PhantomsConfig config(Settings settings) {
    PhantomsConfig config = PhantomsConfig.from(settings);
    return layout == null
        ? config
        : new PhantomsConfig(config.output(), config.settings().withLayout(layout));
  }

  private record Written(long files, long bytes) implements Serializable {
    Written plus(Written other) {
      return new Written(files + other.files, bytes + other.bytes);
    }
  }

  private static Written write(
      Configuration hadoop, String output, PhantomSettings settings, int patient)
      throws IOException {
    long files = 0;
    long bytes = 0;
    StringBuilder labels = new StringBuilder();
    PhantomPart part = new PhantomDump(settings).part(patient);
    for (Iterator<PhantomFile> it = part.files(); it.hasNext(); ) {
      PhantomFile file = it.next();
      write(hadoop, new Path(output, file.path()), file.bytes());
      files++;
      bytes += file.bytes().length;
    }
    part.labelLines().forEach(line -> labels.append(line).append('\n'));
    writeText(hadoop, labelPart(output, patient), labels.toString());
    return new Written(files, bytes);
  }

  private static void gatherLabels(Configuration hadoop, String output, PhantomDump dump)
      throws IOException {
    Path target = new Path(output, dump.settings().layout().labels());
    FileSystem files = target.getFileSystem(hadoop);
    try (OutputStream out = files.create(target, true)) {
      out.write((dump.labelHeader() + "\n").getBytes(StandardCharsets.UTF_8));
      for (int patient = 0; patient < dump.settings().patients(); patient++) {
        try (InputStream part = files.open(labelPart(output, patient))) {
          part.transferTo(out);
        }
      }
    }
    files.delete(labelPart(output, 0).getParent(), true);
  }

  private static Path labelPart(String output, int patient) {
    return new Path(output, "_labels/%07d.csv".formatted(patient));
  }

  /**
   * Returns whether this dump already exists.
   *
   * @throws UserException if something else exists there
   */
  private static boolean checkFree(JobContext context, PhantomsConfig config) {
    Path output = new Path(config.output());
    Path mark = new Path(output, MARK);
    try {
      FileSystem files = output.getFileSystem(context.hadoop());
      if (files.exists(mark)) {
        try (InputStream in = files.open(mark)) {
          String made = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (made.equals(config.settings().toString())) {
            return true;
          }
        }
        throw new UserException(
            "phantoms.output: %s holds phantoms with other settings; choose another directory or remove it"
                .formatted(output));
      }
      String labels = config.settings().layout().labels();
      if (files.exists(new Path(output, labels))) {
        throw new UserException(
            "phantoms.output: %s holds %s, but no complete phantoms; choose another directory"
                .formatted(output, labels));
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + output, e);
    }
  }

  private static void writeText(Configuration hadoop, Path path, String text) throws IOException {
    write(hadoop, path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Configuration hadoop, Path path, byte[] bytes) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    // RSNA's layout has no .crc file beside each image.
    files.setWriteChecksum(false);
    try (OutputStream out = files.create(path, true)) {
      out.write(bytes);
    }
  }
}
