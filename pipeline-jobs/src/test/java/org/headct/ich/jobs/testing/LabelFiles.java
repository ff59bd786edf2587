package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.headct.ich.domain.label.Subtype;

/**
 * Long label files like RSNA's, of any size: six rows for each image, images in an apparently
 * random order, with the published frequencies. 4.5 million rows take one second. Equal parameters
 * give equal bytes.
 *
 * @param images the number of different images; the images of a smaller file are the first of a
 *     larger one
 * @param duplicates the number of images that occur twice with equal labels, the second time
 *     further down
 * @param blanks the number of images with six blank values; none of them occurs twice
 * @param order the order of the rows
 * @param seed the seed of ids, labels and order
 */
public record LabelFiles(int images, int duplicates, int blanks, Order order, long seed) {
  /** Order of the rows. */
  public enum Order {
    /** Published order, with the six rows of an image together. */
    FILE,
    /** Random order of all rows. */
    SHUFFLED
  }

  /** Counts of a file, made while it was written. Positives are those of images with labels. */
  @SuppressWarnings("ArrayRecordComponent") // six numbers that nobody changes
  public record Truth(
      long rows, long images, long duplicateRows, long blankRows, long[] positives) {}

  /** Room for a row of an image: a name of 50 bytes, id, value and line end. */
  private static final int ROW_ROOM = 64;

  private static final int SIX = Subtype.ALL.size();
  private static final byte[][] TAILS =
      Subtype.ALL.stream()
          .map(s -> ("_" + s.column() + ",").getBytes(US_ASCII))
          .toArray(byte[][]::new);
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);

  // Frequencies of the published labels: any 14.34 %. For images with any, the first four subtypes
  // are random. Subdural is random or set if no other is, so that it also gets its 6.3 % of all
  // images.
  private static final double ANY = 0.1434;
  private static final double[] SUBTYPE_OF_ANY = {0.029, 0.335, 0.243, 0.331, 0.165};

  /** Returns a file with this many images, once each, in the published order. */
  public static LabelFiles of(int images) {
    return new LabelFiles(images, 0, 0, Order.FILE, 2019);
  }

  /** Returns a file with about this many rows, in which four images occur twice. */
  public static LabelFiles ofRows(long rows) {
    return of(Math.toIntExact(rows / SIX) - 4).withDuplicates(4);
  }

  /** Returns a file like the published stage-2 file, with 4,516,842 rows. */
  public static LabelFiles stage2() {
    return of(752_803).withDuplicates(4);
  }

  /** Returns a file like the stage-1 file, with 4,045,572 rows of the first images of stage 2. */
  public static LabelFiles stage1() {
    return of(674_258).withDuplicates(4);
  }

  /**
   * Returns a file like the thesis' one: stage 2 with blank values for the images that the thesis
   * found unannotated.
   */
  public static LabelFiles thesisBlanks() {
    return stage2().withBlanks(471_276 / SIX);
  }

  public LabelFiles withDuplicates(int n) {
    return new LabelFiles(images, n, blanks, order, seed);
  }

  public LabelFiles withBlanks(int n) {
    return new LabelFiles(images, duplicates, n, order, seed);
  }

  public LabelFiles shuffled() {
    return new LabelFiles(images, duplicates, blanks, Order.SHUFFLED, seed);
  }

  /** Returns the number of data lines of the file. */
  public long rows() {
    return (long) SIX * (images + duplicates);
  }

  /** Returns {@code ID_} and nine digits. A bijection of 36 bits makes all ids different. */
  public String imageId(int image) {
    byte[] id = new byte[12];
    putId(id, 0, image);
    return new String(id, US_ASCII);
  }

  /** Returns the six labels as {@link Subtype#bit()}s. */
  public int labels(int image) {
    long draw = mix(seed ^ mix(image + 1L));
    if (unit(draw) >= ANY) {
      return 0;
    }
    int bits = 0;
    for (int s = 0; s < SUBTYPE_OF_ANY.length; s++) {
      draw = mix(draw + s + 1);
      bits |= unit(draw) < SUBTYPE_OF_ANY[s] ? 1 << s : 0;
    }
    return (bits == 0 ? Subtype.SUBDURAL.bit() : bits) | Subtype.ANY.bit();
  }

  /**
   * Returns whether the image's values are blank. Such images are evenly distributed in the file.
   */
  public boolean blank(int image) {
    return (image + 1L) * blanks / images != (long) image * blanks / images;
  }

  /** Writes the file with a header and line feeds. */
  public Truth write(Path file) throws IOException {
    int[] written = writtenImages();
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("ID,Label\n".getBytes(US_ASCII));
      if (order == Order.FILE) {
        writeRows(out, written.length * SIX, row -> row, written);
      } else {
        int[] rows = shuffle(written.length * SIX);
        writeRows(out, rows.length, row -> rows[row], written);
      }
    }
    return truth();
  }

  /** Returns the counts of the file that {@link #write} writes. */
  public Truth truth() {
    long[] positives = new long[SIX];
    for (int image = 0; image < images; image++) {
      int labels = blank(image) ? 0 : labels(image);
      for (int s = 0; s < SIX; s++) {
        positives[s] += labels >> s & 1;
      }
    }
    return new Truth(
        rows(), (long) images - blanks, (long) SIX * duplicates, (long) SIX * blanks, positives);
  }

  /**
   * Returns the images in file order. The second copy of an image comes some rows after the first.
   */
  private int[] writtenImages() {
    int[] written = new int[images + duplicates];
    int step = images / (duplicates + 1);
    int at = 0;
    for (int image = 0; image < images; image++) {
      written[at++] = image;
      boolean due = duplicates > 0 && (image + 1) % step == 0 && at - image - 1 < duplicates;
      if (due) {
        written[at++] = annotated(image + 1 - step);
      }
    }
    return written;
  }

  private int annotated(int from) {
    int image = from;
    while (blank(image)) {
      image++;
    }
    return image;
  }

  private int[] shuffle(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = rows[i];
      rows[i] = rows[j];
      rows[j] = row;
    }
    return rows;
  }

  private interface RowOrder {
    int at(int row);
  }

  private void writeRows(OutputStream out, int count, RowOrder rows, int[] written)
      throws IOException {
    byte[] block = new byte[1 << 20];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (at > block.length - ROW_ROOM) {
        out.write(block, 0, at);
        at = 0;
      }
      int row = rows.at(i);
      int image = written[row / SIX];
      int s = row % SIX;
      at = putId(block, at, image);
      System.arraycopy(TAILS[s], 0, block, at, TAILS[s].length);
      at += TAILS[s].length;
      if (!blank(image)) {
        block[at++] = (byte) ('0' + (labels(image) >> s & 1));
      }
      block[at++] = '\n';
    }
    out.write(block, 0, at);
  }

  private int putId(byte[] block, int at, int image) {
    long mask = (1L << 36) - 1;
    long value = (image ^ mix(seed)) & mask;
    for (int round = 0; round < 3; round++) {
      value = (value * 0x9E3779B97F4A7C15L) & mask;
      value ^= value >>> 18;
    }
    block[at] = 'I';
    block[at + 1] = 'D';
    block[at + 2] = '_';
    for (int digit = 0; digit < 9; digit++) {
      block[at + 3 + digit] = DIGITS[(int) (value >>> 32 - 4 * digit) & 15];
    }
    return at + 12;
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** Applies the finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
