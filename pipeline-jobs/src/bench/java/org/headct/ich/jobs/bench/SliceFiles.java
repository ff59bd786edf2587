package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.jobs.testing.CtHeaders;

/**
 * Slices like RSNA's: 512 x 512 pixels of 16 bits, native, implicit little endian, half a megabyte
 * each. All differ. Their content does not matter to a reader.
 */
record SliceFiles(int count, long seed) {
  private static final int SIZE = 512;
  private static final int SLICES_A_SERIES = 30;

  /** Writes the files. */
  List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> files = new ArrayList<>(count);
    for (int slice = 0; slice < count; slice++) {
      String id = "ID_%09x".formatted(slice);
      files.add(
          Files.write(
              folder.resolve(id + ".dcm"),
              DicomWriter.write(
                  CtHeaders.numbered(SIZE, id, slice, SLICES_A_SERIES).build(),
                  new StoredPixels(SIZE, SIZE, true, pixels(random)))));
    }
    return files;
  }

  /** Returns a disc of tissue with noise, in air. */
  private static short[] pixels(SplittableRandom random) {
    short[] values = new short[SIZE * SIZE];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        int fromCentre =
            (row - SIZE / 2) * (row - SIZE / 2) + (column - SIZE / 2) * (column - SIZE / 2);
        int noise = random.nextInt(16);
        values[row * SIZE + column] = (short) (fromCentre < 200 * 200 ? 1056 + noise : noise);
      }
    }
    return values;
  }
}
