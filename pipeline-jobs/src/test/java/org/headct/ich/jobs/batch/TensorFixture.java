package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Tensors that are easy to tell apart. They hold noise and, for each positive subtype, a bright
 * square at a place of its own.
 */
public final class TensorFixture {
  public static final String DATASET = "binary";

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message tensors {
            required binary dataset (UTF8); required binary image_id (UTF8); required int32 copies;
            required binary patient_id (UTF8); required binary series_id (UTF8);
            required int32 position; required binary split (UTF8);
            required int32 epidural; required int32 intraparenchymal;
            required int32 intraventricular; required int32 subarachnoid;
            required int32 subdural; required int32 any;
            required int32 channels; required int32 height; required int32 width;
            required binary windows (UTF8); required binary value_type (UTF8);
            required binary pixels;
          }
          """);

  private final int channels;
  private final int side;
  private final int rarity;
  private final Random random;

  public TensorFixture(int channels, int side, long seed) {
    this(channels, side, seed, 6);
  }

  /**
   * Creates a fixture.
   *
   * @param channels number of channels
   * @param side height and width in pixels
   * @param seed seed of the noise and the labels
   * @param rarity one image in {@code rarity} has a subtype
   */
  public TensorFixture(int channels, int side, long seed, int rarity) {
    this.channels = channels;
    this.rarity = rarity;
    this.side = side;
    this.random = new Random(seed);
  }

  /** Writes one file of one split and returns its path. */
  public String write(Path directory, String split, int rows) throws IOException {
    return write(directory, split, rows, 128L << 20);
  }

  public String write(Path directory, String split, int rows, long rowGroupBytes)
      throws IOException {
    List<String> splits = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      splits.add(split);
    }
    return write(directory.resolve(split + ".parquet"), splits, rowGroupBytes);
  }

  public String write(Path file, List<String> splits, long rowGroupBytes) throws IOException {
    return write(file, splits, IntStream.range(0, splits.size()).toArray(), rowGroupBytes);
  }

  /** Writes one file with the image numbers in the given order and returns its path. */
  public String write(Path file, List<String> splits, int[] numbers, long rowGroupBytes)
      throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(path)
            .withConf(new Configuration())
            .withType(SCHEMA)
            .withRowGroupSize(rowGroupBytes)
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(4)
            .withPageSize(64 << 10)
            .withDictionaryEncoding("pixels", false)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (int i = 0; i < splits.size(); i++) {
        writer.write(row(splits.get(i), numbers[i]));
      }
    }
    return path.toString();
  }

  private Group row(String split, int number) {
    byte[] pixels = new byte[channels * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(96);
    }
    Group group = new SimpleGroupFactory(SCHEMA).newGroup();
    int any = 0;
    for (int s = 0; s < 5; s++) {
      int label = random.nextInt(rarity) == 0 ? 1 : 0;
      any |= label;
      group.add(TensorRow.LABELS.get(s), label);
      if (label == 1) {
        square(pixels, s);
      }
    }
    group.add("dataset", DATASET);
    group.add("image_id", split + "-" + number);
    group.add("copies", 1);
    group.add("patient_id", "patient-" + number / 5);
    group.add("series_id", split + "-series-" + number / 5);
    group.add("position", number % 5);
    group.add("split", split);
    group.add("any", any);
    group.add("channels", channels);
    group.add("height", side);
    group.add("width", side);
    group.add("windows", "bone:600/2800,brain:40/80,subdural:80/200");
    group.add("value_type", "uint8");
    group.add("pixels", Binary.fromConstantByteArray(pixels));
    return group;
  }

  /** Draws a square. Places 0–4 lie on the vertical middle line, so a flip does not swap them. */
  private void square(byte[] pixels, int place) {
    int size = Math.max(2, side / 8);
    int top = side / 8 + place * (side * 3 / 4 - size) / 4;
    int left = (side - size) / 2;
    for (int c = 0; c < channels; c++) {
      for (int y = top; y < top + size; y++) {
        for (int x = left; x < left + size; x++) {
          pixels[(c * side + y) * side + x] = (byte) (160 + random.nextInt(96));
        }
      }
    }
  }
}
