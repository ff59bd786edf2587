package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.error.UserException;

/**
 * A CT window. HU below {@code centerHu - widthHu / 2} are black (0), HU above {@code centerHu +
 * widthHu / 2} are white (255), with a linear ramp between [PS3.3 C.11.2.1.3.2, LINEAR_EXACT].
 *
 * @param name lower-case word, such as {@code brain}
 * @param centerHu window centre in HU, finite
 * @param widthHu window width in HU, finite and above 0
 */
public record CtWindow(String name, double centerHu, double widthHu) implements Serializable {
  // These patterns must come before the windows below, because the constructor uses them.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern TEXT =
      Pattern.compile("\\s*([a-z][a-z0-9-]*)\\s*:\\s*([^/\\s]+)\\s*/\\s*([^/\\s]+)\\s*");

  public static final CtWindow BONE = new CtWindow("bone", 600, 2800);
  public static final CtWindow BRAIN = new CtWindow("brain", 40, 80);
  public static final CtWindow SUBDURAL = new CtWindow("subdural", 80, 200);

  private static final List<CtWindow> KNOWN = List.of(BONE, BRAIN, SUBDURAL);

  /** A small number that lifts ties from just below one half; far below any float32 HU step. */
  private static final double TIE = 1e-9;

  /**
   * Checks the values.
   *
   * @throws UserException if the name is not a lower-case word, or a number is out of range
   */
  public CtWindow {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "the name of a window must be lower-case letters, digits and '-', got '" + name + "'");
    }
    if (!Double.isFinite(centerHu)) {
      throw new UserException("centre of window '" + name + "' must be finite, got " + centerHu);
    }
    if (!(widthHu > 0) || !Double.isFinite(widthHu)) {
      throw new UserException("width of window '" + name + "' must be above 0, got " + widthHu);
    }
  }

  /**
   * Parses {@code name:centre/width} in HU, such as {@code brain:40/80}, or one of the known names
   * {@code bone}, {@code brain}, {@code subdural}. Inverse of {@link #text()}.
   *
   * @throws UserException if the text is neither
   */
  public static CtWindow parse(String text) {
    for (CtWindow known : KNOWN) {
      if (known.name.equals(text.strip())) {
        return known;
      }
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw notAWindow(text);
    }
    try {
      return new CtWindow(
          matcher.group(1),
          Double.parseDouble(matcher.group(2)),
          Double.parseDouble(matcher.group(3)));
    } catch (NumberFormatException e) {
      throw notAWindow(text);
    }
  }

  /** Returns the text that {@link #parse} reads. Tables store it with the pixels. */
  public String text() {
    return name + ":" + plain(centerHu) + "/" + plain(widthHu);
  }

  /**
   * Returns the grey level of a value in HU, 0 to 255: (hu - (centre - width / 2)) / width × 255,
   * rounded half up and clamped. NaN is black.
   */
  public int grey(double hu) {
    return Math.max(0, Math.min(255, (int) (hu * scale() + offset())));
  }

  /** Returns the highest HU that is black. */
  public double lowestHu() {
    return centerHu - widthHu / 2;
  }

  /** Returns the number of grey levels per HU. */
  double scale() {
    return 255 / widthHu;
  }

  /** Returns the number to add after {@link #scale}, so that truncation rounds half up. */
  double offset() {
    return (widthHu / 2 - centerHu) * 255 / widthHu + 0.5 + TIE;
  }

  private static UserException notAWindow(String text) {
    return new UserException(
        "'"
            + text
            + "' is not a window: write name:centre/width in HU, such as brain:40/80, or one of"
            + " bone, brain, subdural");
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) value)
        : Double.toString(value);
  }
}
