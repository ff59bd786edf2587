package org.headct.ich.jobs.scoring;

import java.io.Serializable;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A map of where a network looks. A square in the mean grey of each channel covers one place of the
 * image after another, and the map records the drop of the score. Source: Zeiler MD, Fergus R,
 * Visualizing and Understanding Convolutional Networks, ECCV 2014, §2.1 and 4.2,
 * 10.1007/978-3-319-10590-1_53.
 *
 * @param side number of places in a row and in a column
 * @param losses side×side, row by row, in −1 to 1: score of the image minus the score with this
 *     place hidden; above 0 if the place speaks for the finding
 */
public record Occlusion(int side, float[] losses) implements Serializable {
  /** The side of a square in places; the squares move by one place. */
  public static final int PLACES_OF_A_SQUARE = 2;

  private static final int SIDE = 12;

  /**
   * Computes the map of one image.
   *
   * @param image 1×C×h×w, as the network takes it
   * @param output index of the head's output, from 0
   * @param mostImages largest number of images in a batch
   */
  static Occlusion of(ComputationGraph network, INDArray image, int output, int mostImages) {
    int channels = (int) image.size(1);
    int height = (int) image.size(2);
    int width = (int) image.size(3);
    float[] plain = image.dup('c').data().asFloat();
    float[] greys = new float[channels];
    int area = height * width;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = c * area; i < (c + 1) * area; i++) {
        sum += plain[i];
      }
      greys[c] = (float) (sum / area);
    }
    int squares = SIDE - PLACES_OF_A_SQUARE + 1;
    float whole = scores(network, plain, 1, image.shape(), output)[0];
    float[] drops = new float[squares * squares];
    for (int first = 0; first < drops.length; first += mostImages) {
      int count = Math.min(mostImages, drops.length - first);
      float[] hidden = new float[count * plain.length];
      for (int i = 0; i < count; i++) {
        System.arraycopy(plain, 0, hidden, i * plain.length, plain.length);
        int row = (first + i) / squares;
        int column = (first + i) % squares;
        int top = row * height / SIDE;
        int bottom = (row + PLACES_OF_A_SQUARE) * height / SIDE;
        int left = column * width / SIDE;
        int right = (column + PLACES_OF_A_SQUARE) * width / SIDE;
        for (int c = 0; c < channels; c++) {
          for (int y = top; y < bottom; y++) {
            int line = i * plain.length + c * area + y * width;
            Arrays.fill(hidden, line + left, line + right, greys[c]);
          }
        }
      }
      float[] scores = scores(network, hidden, count, image.shape(), output);
      for (int i = 0; i < count; i++) {
        drops[first + i] = whole - scores[i];
      }
    }
    return new Occlusion(SIDE, spread(drops, squares));
  }

  private static float[] scores(
      ComputationGraph network, float[] pixels, int images, long[] shape, int output) {
    try (INDArray batch =
        Nd4j.create(pixels, new long[] {images, shape[1], shape[2], shape[3]}, 'c')) {
      float[] scores = new float[images];
      INDArray answer = network.output(batch)[output];
      for (int i = 0; i < images; i++) {
        scores[i] = answer.getFloat(i, 0);
      }
      return scores;
    }
  }

  /** Returns for each place the mean over the squares that covered it. */
  private static float[] spread(float[] drops, int squares) {
    float[] losses = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        float sum = 0;
        int covering = 0;
        for (int row = y - PLACES_OF_A_SQUARE + 1; row <= y; row++) {
          for (int column = x - PLACES_OF_A_SQUARE + 1; column <= x; column++) {
            if (row >= 0 && row < squares && column >= 0 && column < squares) {
              sum += drops[row * squares + column];
              covering++;
            }
          }
        }
        losses[y * SIDE + x] = sum / covering;
      }
    }
    return losses;
  }
}
