package org.headct.ich.pages.element;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures for a page, made from the bytes of the tensors table. */
public final class Pictures {
  /** The largest opacity of a heat map over its image, in [0, 1]. */
  private static final double MOST_COVER = 0.65;

  private Pictures() {}

  /**
   * Returns an 8-bit grey PNG, lossless.
   *
   * @param grey H×W, row-major, uint8
   */
  public static byte[] png(byte[] grey, int height, int width) {
    checkLength(grey, 1, height, width);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, grey);
    return png(image);
  }

  private static byte[] png(BufferedImage image) {
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

  private static Picture picture(String name, byte[] png, int height, int width) {
    String base64 = Base64.getEncoder().encodeToString(png);
    return new Picture(name, width, height, "data:image/png;base64," + base64);
  }

  /**
   * @param grey H×W, row-major, uint8
   */
  public static Picture grey(String name, byte[] grey, int height, int width) {
    return picture(name, png(grey, height, width), height, width);
  }

  /**
   * Returns one picture per channel of a row of the tensors table.
   *
   * @param pixels C×H×W, row-major, uint8
   * @param windows names of the C channels
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

  /**
   * The loss of score when parts of an image are hidden from the network.
   *
   * @param losses loss per hidden part, side×side, row by row; above 0 if the part speaks for the
   *     finding
   * @param cropHeight height of the central crop that the parts cover, in pixels
   * @param cropWidth width of that crop, in pixels
   */
  public record Heat(float[] losses, int side, int cropHeight, int cropWidth) {
    /**
     * Returns the loss at a pixel: linear between the centres of the parts, constant beyond the
     * outermost centres.
     */
    private double at(double y, double x) {
      double row = Math.max(0, Math.min(side - 1, y * side / cropHeight - 0.5));
      double column = Math.max(0, Math.min(side - 1, x * side / cropWidth - 0.5));
      int top = Math.min((int) row, side - 2);
      int left = Math.min((int) column, side - 2);
      double down = row - top;
      double right = column - left;
      double above =
          losses[top * side + left] * (1 - right) + losses[top * side + left + 1] * right;
      double below =
          losses[(top + 1) * side + left] * (1 - right)
              + losses[(top + 1) * side + left + 1] * right;
      return above * (1 - down) + below * down;
    }

    private double strongest() {
      double strongest = 0;
      for (float loss : losses) {
        strongest = Math.max(strongest, Math.abs(loss));
      }
      return strongest;
    }
  }

  /**
   * Returns an image under a heat map. Orange parts speak for the finding, blue parts against it; a
   * stronger colour means a larger effect.
   *
   * @param grey H×W, row-major, uint8
   */
  public static Picture heat(String name, byte[] grey, int height, int width, Heat heat) {
    checkLength(grey, 1, height, width);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    double strongest = heat.strongest();
    int top = (height - heat.cropHeight()) / 2;
    int left = (width - heat.cropWidth()) / 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean seen =
            y >= top && y < top + heat.cropHeight() && x >= left && x < left + heat.cropWidth();
        double loss =
            seen && strongest > 0 ? heat.at(y - top + 0.5, x - left + 0.5) / strongest : 0;
        image.setRGB(x, y, tinted(grey[y * width + x] & 0xFF, loss));
      }
    }
    return picture(name, png(image), height, width);
  }

  /**
   * Returns a grey value tinted with Okabe and Ito's vermilion or blue, as in {@link Palette}. The
   * grey stays visible.
   */
  private static int tinted(int grey, double loss) {
    int colour = loss > 0 ? 0xD55E00 : 0x0072B2;
    double cover = MOST_COVER * Math.min(1, Math.abs(loss));
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int tone = colour >> shift & 0xFF;
      rgb |= (int) Math.round(grey * (1 - cover) + tone * cover) << shift;
    }
    return rgb;
  }

  private static void checkLength(byte[] pixels, int channels, int height, int width) {
    if (height < 1 || width < 1 || pixels.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          "expected %d×%d×%d bytes, got %d".formatted(channels, height, width, pixels.length));
    }
  }
}
