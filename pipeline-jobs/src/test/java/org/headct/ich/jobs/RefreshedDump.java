package org.headct.ich.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.SavedFolder;
import org.headct.ich.jobs.testing.TestSpark;

/** Small dump that changes between one refresh and the next. */
final class RefreshedDump {
  private final Path folder;
  private final Path dump;
  private final Path files;
  private final SavedFolder made;

  /**
   * Makes the dump.
   *
   * @param temporary the folder for the dump, and for the tables of the pipelines over it
   */
  RefreshedDump(Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("tables"));
    dump = folder.resolve("dump");
    files = dump.resolve(PhantomDump.FOLDER);
    pipeline("made").run(new MakePhantomsJob());
    made = SavedFolder.save(folder, temporary.resolve("made"));
  }

  /** Restores the original dump and removes all tables. */
  void restore() throws IOException {
    made.restore();
  }

  /** Returns the folder of the pipelines. */
  Path folder() {
    return folder;
  }

  /** Returns the folder of the objects. */
  Path files() {
    return files;
  }

  /** Returns the label file. */
  Path labels() {
    return dump.resolve(PhantomDump.LABELS);
  }

  /** Returns a pipeline over the dump, with tables of its own. */
  Pipeline pipeline(String name) {
    return Pipeline.overPhantoms(
        TestSpark.session(),
        folder.resolve(name),
        dump,
        "phantoms.patients=5",
        "phantoms.slices=5",
        "phantoms.size=64",
        "phantoms.prevalence=0.7",
        "phantoms.defects=not-dicom,no-rescale,name-mismatch",
        "labels.removed-files=retract",
        "max-reject-ratio=0.2",
        "split.test=0.3",
        "tensors.size=64");
  }

  /** Returns the rows of a new warehouse that reads the current dump in one run. */
  Map<String, String> atOnce() {
    Pipeline fresh = pipeline("at-once");
    fresh.run(Pipeline.refreshJob());
    return fresh.contents();
  }

  /** Counts the stages of a refresh, from the first on, that have nothing to do. */
  static long stagesUpToDate(Pipeline pipeline) {
    JobContext context = pipeline.context();
    return Pipeline.refreshStages().stream().takeWhile(job -> job.upToDate(context)).count();
  }

  /** Removes the last files from the dump and returns their new folder. */
  Path withhold(int count) throws IOException {
    Path place = Files.createDirectories(folder.resolve("later"));
    List<Path> all = slices();
    for (Path file : all.subList(all.size() - count, all.size())) {
      Files.move(file, place.resolve(file.getFileName()));
    }
    return place;
  }

  /** Moves withheld files back and returns their number. */
  long giveBack(Path place) throws IOException {
    long count = 0;
    try (Stream<Path> withheld = Files.list(place)) {
      for (Path file : withheld.toList()) {
        Files.move(file, files.resolve(file.getFileName()));
        count++;
      }
    }
    return count;
  }

  private List<Path> slices() throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return new ArrayList<>(all.sorted().toList());
    }
  }
}
