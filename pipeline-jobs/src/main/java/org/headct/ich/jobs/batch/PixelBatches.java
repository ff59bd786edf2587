package org.headct.ich.jobs.batch;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.Disturbance;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.networks.SignedWeightLoss;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The conversion of rows of the tensors table into a network's input. Pixels of uint8 become [0,
 * 1], and float32 values stay as they are. Pixels are cropped and, in training, flipped. 0 is the
 * lower end of a window, air, and equals the zero padding of a convolution. Each output of the
 * network gets labels and weights.
 *
 * @param shape shape of the stored tensors
 * @param head outputs of the network
 * @param cropHeight rows of the crop, in pixels
 * @param cropWidth columns of the crop, in pixels
 * @param classWeights weight of a row without and of a row with a haemorrhage; empty for 1
 * @param positiveWeights weight of a positive label for each output; empty for 1
 * @param readsSeries true if rows are the slices of whole series, series by series, and the network
 *     also predicts for scans. Batches then contain the places of the slices, and crops and flips
 *     are drawn once a series, because it shows one head
 */
public record PixelBatches(
    TensorShape shape,
    Head head,
    int cropHeight,
    int cropWidth,
    List<Double> classWeights,
    List<Double> positiveWeights,
    boolean readsSeries)
    implements Serializable {
  static {
    Nd4jRuntime.prepare();
  }

  public PixelBatches {
    classWeights = List.copyOf(classWeights);
    positiveWeights = List.copyOf(positiveWeights);
  }

  public static PixelBatches of(TrainSettings settings, TensorShape shape) {
    return new PixelBatches(
        shape,
        settings.head(),
        settings.crop(shape.height()),
        settings.crop(shape.width()),
        settings.loss().classWeights(),
        settings.loss().positiveWeights(),
        settings.readsSeries());
  }

  /** A range of rows that are cropped as one, from the first row to the one after the last. */
  private record Span(int first, int end) {}

  /**
   * Copies the scan scores of a scan's first slice to its other slices. The network computes them
   * for each slice separately, from equal numbers, but vector code may round rows differently.
   *
   * @param scores scores of each row, all outputs; changed in place
   */
  public void giveScansOneScore(List<float[]> scores, List<TensorRow> rows) {
    if (!readsSeries) {
      return;
    }
    int ofSlices = head.outputs(false).size();
    for (Span span : spans(rows)) {
      float[] first = scores.get(span.first());
      for (int i = span.first() + 1; i < span.end(); i++) {
        System.arraycopy(first, ofSlices, scores.get(i), ofSlices, first.length - ofSlices);
      }
    }
  }

  /** Returns one span for each series or, for single images, one for each image. */
  private List<Span> spans(List<TensorRow> rows) {
    List<Span> spans = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= rows.size(); i++) {
      if (i == rows.size()
          || !readsSeries
          || !rows.get(i).seriesId().equals(rows.get(first).seriesId())) {
        spans.add(new Span(first, i));
        first = i;
      }
    }
    return spans;
  }

  /**
   * Returns training data, features N×C×h×w. Only the seed decides the random crops and horizontal
   * flips.
   */
  public MultiDataSet training(List<TensorRow> rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[rows.size() * length()];
    for (Span span : spans(rows)) {
      int top = random.nextInt(shape.height() - cropHeight + 1);
      int left = random.nextInt(shape.width() - cropWidth + 1);
      Flip flip = random.nextBoolean() ? Flip.HORIZONTAL : Flip.NONE;
      for (int i = span.first(); i < span.end(); i++) {
        copy(rows.get(i).pixels(), pixels, i * length(), top, left, flip);
      }
    }
    return dataSet(pixels, rows);
  }

  /** Returns evaluation data, features N×C×h×w, with a centre crop and no flip. */
  public MultiDataSet evaluation(List<TensorRow> rows) {
    float[] pixels = new float[rows.size() * length()];
    int top = (shape.height() - cropHeight) / 2;
    int left = (shape.width() - cropWidth) / 2;
    for (int i = 0; i < rows.size(); i++) {
      copy(rows.get(i).pixels(), pixels, i * length(), top, left, Flip.NONE);
    }
    return dataSet(pixels, rows);
  }

  /**
   * Returns evaluation data of disturbed images. Each image is disturbed as a whole before the
   * crop, so a shift brings in pixels from outside the crop.
   *
   * @param seed seed of the random draws, together with the row's image id
   */
  public MultiDataSet disturbed(List<TensorRow> rows, Disturbance disturbance, long seed) {
    float[] pixels = new float[rows.size() * length()];
    int top = (shape.height() - cropHeight) / 2;
    int left = (shape.width() - cropWidth) / 2;
    int at = 0;
    for (TensorRow row : rows) {
      float[][] planes = planes(row.pixels());
      for (int c = 0; c < planes.length; c++) {
        Channel channel = Channel.of(shape, c);
        long slice = Seeds.mix(StableHash.of(seed, row.imageId()), channel.offset());
        float[] plane =
            disturbance.of(
                planes[c], shape.height(), shape.width(), channel.scale(shape, planes[c]), slice);
        for (int y = 0; y < cropHeight; y++) {
          System.arraycopy(plane, (top + y) * shape.width() + left, pixels, at, cropWidth);
          at += cropWidth;
        }
      }
    }
    return dataSet(pixels, rows);
  }

  /** A channel of the tensors: its window and its slice's offset, 0 for the row's own slice. */
  private record Channel(CtWindow window, int offset) {
    private static final Pattern OFFSET = Pattern.compile("(.*)@([+-]?\\d+)");

    static Channel of(TensorShape shape, int number) {
      String text = shape.windows().split(",")[number];
      Matcher other = OFFSET.matcher(text);
      return other.matches()
          ? new Channel(CtWindow.parse(other.group(1)), Integer.parseInt(other.group(2)))
          : new Channel(CtWindow.parse(text), 0);
    }

    /**
     * Returns the range of the channel's values. For standardised values it is their minimum and
     * maximum, because air and bone reach the ends of the window.
     */
    Disturbance.Scale scale(TensorShape shape, float[] plane) {
      if (!shape.isFloat()) {
        return new Disturbance.Scale(0, 1, window.widthHu());
      }
      float black = Float.POSITIVE_INFINITY;
      float white = Float.NEGATIVE_INFINITY;
      for (float value : plane) {
        black = Math.min(black, value);
        white = Math.max(white, value);
      }
      return new Disturbance.Scale(black, white, window.widthHu());
    }
  }

  private float[][] planes(byte[] from) {
    PixelBatches whole =
        new PixelBatches(shape, head, shape.height(), shape.width(), List.of(), List.of(), false);
    float[] all = new float[whole.length()];
    whole.copy(from, all, 0, 0, 0, Flip.NONE);
    float[][] planes = new float[shape.channels()][];
    int area = shape.height() * shape.width();
    for (int c = 0; c < planes.length; c++) {
      planes[c] = Arrays.copyOfRange(all, c * area, (c + 1) * area);
    }
    return planes;
  }

  private enum Flip {
    NONE,
    HORIZONTAL
  }

  private int length() {
    return shape.channels() * cropHeight * cropWidth;
  }

  private void copy(byte[] from, float[] to, int offset, int top, int left, Flip flip) {
    if (from.length != shape.bytes()) {
      throw new IllegalArgumentException(
          "a tensor has %d bytes where %s needs %d".formatted(from.length, shape, shape.bytes()));
    }
    ByteBuffer floats = ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN);
    int at = offset;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < cropHeight; y++) {
        int line = (c * shape.height() + top + y) * shape.width() + left;
        for (int x = 0; x < cropWidth; x++) {
          int column = flip == Flip.HORIZONTAL ? cropWidth - 1 - x : x;
          int number = line + column;
          to[at++] =
              shape.isFloat()
                  ? floats.getFloat(number * Float.BYTES)
                  : (from[number] & 0xFF) / 255f;
        }
      }
    }
  }

  private double weight(TensorRow row) {
    return classWeights.isEmpty() ? 1 : classWeights.get(row.label(Subtype.ANY.column()));
  }

  /**
   * Returns 0 or 1 for each row and output of the network. A scan has a finding if one of its
   * slices has it.
   */
  public byte[][] truth(List<TensorRow> rows) {
    List<String> labels = head.labels();
    byte[][] truth = new byte[rows.size()][head.outputs(readsSeries).size()];
    for (Span span : spans(rows)) {
      for (int o = 0; o < labels.size(); o++) {
        byte scan = 0;
        for (int i = span.first(); i < span.end(); i++) {
          truth[i][o] = (byte) rows.get(i).label(labels.get(o));
          scan |= truth[i][o];
        }
        for (int i = span.first(); readsSeries && i < span.end(); i++) {
          truth[i][labels.size() + o] = scan;
        }
      }
    }
    return truth;
  }

  /**
   * Returns the weight of a row for an output. Scan outputs have weight 1, because weights
   * compensate for classes that are rare among slices.
   */
  private double weight(TensorRow row, int output, int label) {
    if (output >= head.labels().size()) {
      return 1;
    }
    double positive = positiveWeights.isEmpty() || label == 0 ? 1 : positiveWeights.get(output);
    return weight(row) * positive;
  }

  /**
   * Returns the data with one label array N×1 for each output; it contains the weights too, see
   * {@link SignedWeightLoss}.
   */
  private MultiDataSet dataSet(float[] pixels, List<TensorRow> rows) {
    int n = rows.size();
    INDArray features =
        Nd4j.create(pixels, new long[] {n, shape.channels(), cropHeight, cropWidth}, 'c');
    byte[][] truth = truth(rows);
    INDArray[] labels = new INDArray[head.outputs(readsSeries).size()];
    for (int o = 0; o < labels.length; o++) {
      float[] signed = new float[n];
      for (int i = 0; i < n; i++) {
        signed[i] = SignedWeightLoss.encode(truth[i][o], weight(rows.get(i), o, truth[i][o]));
      }
      labels[o] = Nd4j.create(signed, new long[] {n, 1}, 'c');
    }
    if (!readsSeries) {
      return new MultiDataSet(new INDArray[] {features}, labels);
    }
    List<Span> series = spans(rows);
    int longest = series.stream().mapToInt(span -> span.end() - span.first()).max().orElse(0);
    float[] places = new float[series.size() * longest];
    for (int s = 0; s < series.size(); s++) {
      int length = series.get(s).end() - series.get(s).first();
      Arrays.fill(places, s * longest, s * longest + length, 1);
    }
    return new MultiDataSet(
        new INDArray[] {features, Nd4j.create(places, new long[] {series.size(), 1, longest}, 'c')},
        labels,
        new INDArray[] {null, Nd4j.create(places, new long[] {series.size(), longest}, 'c')},
        null);
  }
}
