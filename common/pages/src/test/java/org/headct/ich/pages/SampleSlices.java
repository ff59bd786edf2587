package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Pictures;

/** Pictures that resemble a head in three windows. */
final class SampleSlices {
  static final int SIZE = 128;

  private SampleSlices() {}

  static List<Picture> windows(Random random, boolean bleeds) {
    byte[] pixels = new byte[3 * SIZE * SIZE];
    double tilt = random.nextDouble() * 0.4 - 0.2;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double u = (x - SIZE / 2.0) / (SIZE * 0.40);
        double v = (y - SIZE / 2.0) / (SIZE * 0.47);
        double s = u * Math.cos(tilt) - v * Math.sin(tilt);
        double t = u * Math.sin(tilt) + v * Math.cos(tilt);
        double radius = Math.hypot(s, t);
        double hu = radius > 1 ? -1000 : radius > 0.88 ? 900 : 33 + random.nextGaussian() * 5;
        if (radius < 0.3 && Math.abs(s) < 0.12) {
          hu = 6;
        }
        if (bleeds && Math.hypot(s - 0.45, t - 0.1) < 0.22) {
          hu = 68;
        }
        int at = y * SIZE + x;
        pixels[at] = grey(hu, 600, 2800);
        pixels[SIZE * SIZE + at] = grey(hu, 40, 80);
        pixels[2 * SIZE * SIZE + at] = grey(hu, 80, 200);
      }
    }
    return Pictures.windows(pixels, SIZE, SIZE, SampleReports.WINDOWS);
  }

  /** Returns the windows and a heat map centred on the bleed. */
  static List<Picture> withHeat(Random random, boolean bleeds) {
    List<Picture> pictures = new ArrayList<>(windows(random, bleeds));
    int side = 12;
    float[] losses = new float[side * side];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = (float) (0.412 * Math.exp(-Math.hypot(i / side - 6.0, i % side - 7.5)) - 0.02);
    }
    byte[] grey = new byte[SIZE * SIZE];
    Arrays.fill(grey, (byte) 90);
    pictures.add(
        Pictures.heat(
            "looked here, −0.412 if hidden",
            grey,
            SIZE,
            SIZE,
            new Pictures.Heat(losses, side, SIZE - 16, SIZE - 16)));
    return pictures;
  }

  private static byte grey(double hu, double centre, double width) {
    double share = (hu - (centre - width / 2)) / width;
    return (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
  }
}
