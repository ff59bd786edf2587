package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import org.headct.ich.jobs.testing.LabelFiles.Truth;

/** One way from a long label file to one row an image. */
interface Contestant {
  String name();

  /**
   * Makes ready for one run: a session or a connection, which is not measured.
   *
   * @param folder new and empty, receives the rows
   */
  Prepared prepare(Path labels, Path folder) throws Exception;

  /** One run that waits for its start. */
  interface Prepared {
    /**
     * Reads the file and writes the rows.
     *
     * @return what came out; asked for outside of the measured time
     */
    Outcome run() throws Exception;
  }

  /** Counts what a run wrote, by reading it again. */
  interface Outcome {
    Counted count() throws Exception;
  }

  /**
   * Images and positives by class that were written, and what the checks found.
   *
   * @param duplicateRows equal rows that were dropped
   */
  @SuppressWarnings("ArrayRecordComponent") // six numbers that nobody writes to
  record Counted(long images, long[] positives, long duplicateRows) {
    /** Fails loudly: figures of runs that disagree on their result compare nothing. */
    void mustBe(Truth truth, String who) {
      if (images != truth.images()
          || duplicateRows != truth.duplicateRows()
          || !java.util.Arrays.equals(positives, truth.positives())) {
        throw new IllegalStateException(
            "%s got %,d images, positives %s and %,d duplicate rows; the file holds %,d, %s and %,d"
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
