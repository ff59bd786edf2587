package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import org.headct.ich.jobs.testing.LabelFiles.Truth;

/** Program that turns a long label file into one row for each image. */
interface Contestant {
  String name();

  /**
   * Prepares one run: opens a session or a connection. This is not measured.
   *
   * @param folder the new, empty folder for the rows
   */
  Prepared prepare(Path labels, Path folder) throws Exception;

  /** A prepared run. */
  interface Prepared {
    /**
     * Reads the file and writes the rows.
     *
     * @return the result, which is counted outside of the measured time
     */
    Outcome run() throws Exception;
  }

  /** Result of a run. */
  interface Outcome {
    Counted count() throws Exception;
  }

  /**
   * Counts of images and of positives by class, and of what the checks found.
   *
   * @param duplicateRows the number of equal rows that were dropped
   */
  @SuppressWarnings("ArrayRecordComponent") // six numbers that nobody changes
  record Counted(long images, long[] positives, long duplicateRows) {
    /**
     * Checks the counts against the file. Times of runs with different results can't be compared.
     */
    void mustBe(Truth truth, String who) {
      if (images != truth.images()
          || duplicateRows != truth.duplicateRows()
          || !java.util.Arrays.equals(positives, truth.positives())) {
        throw new IllegalStateException(
            "%s got %,d images, positives %s and %,d duplicate rows; the file has %,d, %s and %,d"
                .formatted(
                    who,
                    images,
                    java.util.Arrays.toString(positives),
                    duplicateRows,
                    truth.images(),
                    java.util.Arrays.toString(truth.positives()),
                    truth.duplicateRows()));
      }
    }
  }
}
