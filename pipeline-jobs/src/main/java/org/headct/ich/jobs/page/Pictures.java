package org.headct.ich.jobs.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Turns the bytes of the tensors table into pictures for a page. */
public final class Pictures {
  private Pictures() {}

  /**
   * An 8-bit grey PNG, lossless.
   *
   * @param grey H×W, row-major, uint8
   */
  public static byte[] png(byte[] grey, int height, int width) {
    checkLength(grey, 1, height, width);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, grey);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java runtime has no PNG writer (java.desktop)");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing a PNG in memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * @param grey H×W, row-major, uint8
   */
  public static Picture grey(String name, byte[] grey, int height, int width) {
    String base64 = Base64.getEncoder().encodeToString(png(grey, height, width));
    return new Picture(name, width, height, "data:image/png;base64," + base64);
  }

  /**
   * The channels of one row of the tensors table, a picture each.
   *
   * @param pixels C×H×W, row-major, uint8
   * @param windows the name of each channel; its size is C
   */
  public static List<Picture> windows(byte[] pixels, int height, int width, List<String> windows) {
    checkLength(pixels, windows.size(), height, width);
    int area = height * width;
    List<Picture> pictures = new ArrayList<>();
    for (int c = 0; c < windows.size(); c++) {
      byte[] channel = Arrays.copyOfRange(pixels, c * area, (c + 1) * area);
      pictures.add(grey(windows.get(c), channel, height, width));
    }
    return List.copyOf(pictures);
  }

  private static void checkLength(byte[] pixels, int channels, int height, int width) {
    if (height < 1 || width < 1 || pixels.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          "expected %d×%d×%d bytes, got %d".formatted(channels, height, width, pixels.length));
    }
  }
}
