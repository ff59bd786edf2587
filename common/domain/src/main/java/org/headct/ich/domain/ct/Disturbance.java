package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A deliberate disturbance of an image, to test how robust a model is. Strength 0 leaves an image
 * unchanged.
 *
 * @param kind kind of disturbance
 * @param strength strength in the unit of the kind, 0 or more
 */
public record Disturbance(Kind kind, double strength) implements Serializable {

  /** The kind of disturbance. */
  public enum Kind {
    /**
     * White Gaussian noise, the same in all windows of a slice. A routine head CT has 5 HU; 40 HU
     * is more noise than anyone reads.
     */
    NOISE("standard deviation in HU", 5, 10, 20, 40),
    /** A shift in a random direction; uncovered pixels get the value of the darkest pixel. */
    SHIFT("share of the image's side", 0.025, 0.05, 0.1, 0.2),
    /** A rotation about the centre to either side, bilinear. */
    ROTATION("degrees", 5, 10, 20, 40),
    /** A loss of contrast: grey levels move towards the middle of the window. */
    CONTRAST("share of the contrast that is lost", 0.2, 0.4, 0.6, 0.8);

    private final String unit;
    private final double[] strengths;

    Kind(String unit, double... strengths) {
      this.unit = unit;
      this.strengths = strengths;
    }

    /** Returns the unit of the strength. */
    public String unit() {
      return unit;
    }

    /** Returns the disturbances that an evaluation tries, by rising strength. */
    public List<Disturbance> all() {
      return Arrays.stream(strengths).mapToObj(s -> new Disturbance(this, s)).toList();
    }
  }

  /**
   * Checks the strength.
   *
   * @throws IllegalArgumentException if the strength is negative or not finite
   */
  public Disturbance {
    if (!(strength >= 0) || !Double.isFinite(strength)) {
      throw new IllegalArgumentException("strength must be finite and at least 0, got " + strength);
    }
  }

  /** Returns all kinds in all strengths. */
  public static List<Disturbance> all() {
    return Stream.of(Kind.values()).flatMap(kind -> kind.all().stream()).toList();
  }

  /** Returns a name for tables, such as {@code noise 10}. */
  public String text() {
    String number =
        strength == Math.rint(strength) ? Long.toString((long) strength) : "" + strength;
    return kind.name().toLowerCase(Locale.ROOT) + " " + number;
  }

  /**
   * The scale of an image's values.
   *
   * @param black value at the lower end of the window
   * @param white value at the upper end of the window, above {@code black}
   * @param widthHu window width in HU
   */
  public record Scale(float black, float white, double widthHu) {}

  /**
   * Disturbs one channel.
   *
   * @param plane H×W values, row-major; not changed
   * @param height H in pixels
   * @param width W in pixels
   * @param seed random seed. Give all windows of a slice the same seed, because they are one image.
   *     All strengths draw the same numbers, so a stronger disturbance is more of the same
   * @return a new array of H×W values
   * @throws IllegalArgumentException if {@code plane} does not hold H×W values
   */
  public float[] of(float[] plane, int height, int width, Scale scale, long seed) {
    if (plane.length != height * width) {
      throw new IllegalArgumentException(
          "a channel of %d×%d pixels cannot hold %d values".formatted(height, width, plane.length));
    }
    if (strength == 0) {
      return plane.clone();
    }
    SplittableRandom random = new SplittableRandom(seed);
    return switch (kind) {
      case NOISE -> noise(plane, scale, random);
      case SHIFT -> shift(plane, height, width, random);
      case ROTATION -> rotation(plane, height, width, random.nextBoolean() ? strength : -strength);
      case CONTRAST -> contrast(plane, scale);
    };
  }

  private float[] noise(float[] plane, Scale scale, SplittableRandom random) {
    double deviation = strength / scale.widthHu() * (scale.white() - scale.black());
    float[] noisy = new float[plane.length];
    for (int i = 0; i < noisy.length; i++) {
      double value = plane[i] + deviation * random.nextGaussian();
      noisy[i] = (float) Math.max(scale.black(), Math.min(scale.white(), value));
    }
    return noisy;
  }

  private float[] shift(float[] plane, int height, int width, SplittableRandom random) {
    double angle = random.nextDouble(2 * Math.PI);
    int down = (int) Math.round(strength * height * Math.sin(angle));
    int right = (int) Math.round(strength * width * Math.cos(angle));
    float dark = darkest(plane);
    float[] shifted = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromY = y - down;
        int fromX = x - right;
        boolean inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        shifted[y * width + x] = inside ? plane[fromY * width + fromX] : dark;
      }
    }
    return shifted;
  }

  private static float[] rotation(float[] plane, int height, int width, double degrees) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double middleY = (height - 1) / 2.0;
    double middleX = (width - 1) / 2.0;
    float dark = darkest(plane);
    float[] turned = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = middleX + cos * (x - middleX) + sin * (y - middleY);
        double fromY = middleY - sin * (x - middleX) + cos * (y - middleY);
        turned[y * width + x] = between(plane, height, width, fromY, fromX, dark);
      }
    }
    return turned;
  }

  private static float between(
      float[] plane, int height, int width, double y, double x, float dark) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double down = y - top;
    double right = x - left;
    double sum = 0;
    for (int dy = 0; dy <= 1; dy++) {
      for (int dx = 0; dx <= 1; dx++) {
        int atY = top + dy;
        int atX = left + dx;
        boolean inside = atY >= 0 && atY < height && atX >= 0 && atX < width;
        double weight = (dy == 0 ? 1 - down : down) * (dx == 0 ? 1 - right : right);
        sum += weight * (inside ? plane[atY * width + atX] : dark);
      }
    }
    return (float) sum;
  }

  private float[] contrast(float[] plane, Scale scale) {
    double middle = (scale.black() + (double) scale.white()) / 2;
    float[] flat = new float[plane.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) (middle + (plane[i] - middle) * (1 - strength));
    }
    return flat;
  }

  private static float darkest(float[] plane) {
    float dark = Float.POSITIVE_INFINITY;
    for (float value : plane) {
      dark = Math.min(dark, value);
    }
    return dark;
  }
}
