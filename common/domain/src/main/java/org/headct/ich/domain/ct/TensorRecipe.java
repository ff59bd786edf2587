package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.error.UserException;

/**
 * What a stored tensor is made of: the windows of a slice as planes, those of the slices before and
 * after it if wanted, as numbers of some type.
 *
 * @param slice size, windows and mask: the planes of one slice
 * @param adjacentSlices whether the planes of z−1 stand before and those of z+1 after the slice's
 *     own; at an end of the series the slice stands in for its missing neighbour
 * @param values what the numbers are
 */
public record TensorRecipe(TensorSpec slice, boolean adjacentSlices, Values values)
    implements Serializable {
  private static final String BEFORE = "@-1";
  private static final String AFTER = "@+1";

  private static final Pattern TEXT =
      Pattern.compile(
          "(?<size>\\d{1,5})x\\d{1,5} (?<channels>\\S+) (?<mask>head-mask )?(?<values>uint8|float32|standardised) v(?<version>\\d+)");

  /** What the numbers of a tensor are. */
  public enum Values {
    /** Grey levels, 0 to 255 over the window. */
    UINT8("uint8", Byte.BYTES),
    /** 0 to 1 over the window, not quantised. */
    FLOAT32("float32", Float.BYTES),
    /** {@link #FLOAT32} less the mean, over the deviation, of each channel in the training part. */
    STANDARDISED("float32", Float.BYTES);

    private final String type;
    private final int bytes;

    Values(String type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    /** How the table names the type of the numbers; float32 is stored little endian. */
    public String type() {
      return type;
    }
  }

  /** How many slices a tensor shows. */
  public int slices() {
    return adjacentSlices ? 3 : 1;
  }

  /** C: a channel for each window of each slice. */
  public int channels() {
    return slices() * slice.windows().size();
  }

  /** Length of a tensor in bytes: channels × size × size × bytes of a number. */
  public int lengthBytes() {
    return Math.multiplyExact(slices() * slice.lengthBytes(), values.bytes);
  }

  /**
   * The channels in their order, such as {@code brain:40/80} in HU; those of a neighbour end in
   * {@code @-1} or {@code @+1}.
   */
  public List<String> channelNames() {
    List<String> names = new ArrayList<>();
    for (String place : adjacentSlices ? List.of(BEFORE, "", AFTER) : List.of("")) {
      slice.windows().forEach(window -> names.add(window.text() + place));
    }
    return names;
  }

  /** For people: C×H×W, the type of the numbers, and the channels. */
  public String describe() {
    return "%d×%d×%d %s, %s"
        .formatted(
            channels(),
            slice.size(),
            slice.size(),
            values.type(),
            String.join(",", channelNames()));
  }

  /** All that decides the numbers but the pixels, for a table to keep beside them. */
  public String text() {
    return "%dx%d %s %s%s v%d"
        .formatted(
            slice.size(),
            slice.size(),
            String.join(",", channelNames()),
            slice.headMask() ? "head-mask " : "",
            values.name().toLowerCase(Locale.ROOT),
            TensorBuilder.VERSION);
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws UserException if it is something else, or of a version of the builder that gives other
   *     numbers than this one
   */
  public static TensorRecipe parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new UserException("'%s' is no recipe of tensors".formatted(text));
    }
    if (!matcher.group("version").equals(Integer.toString(TensorBuilder.VERSION))) {
      throw new UserException(
          "tensors of version %s ('%s') are not made by this release, which makes version %d"
              .formatted(matcher.group("version"), text, TensorBuilder.VERSION));
    }
    List<String> channels = List.of(matcher.group("channels").split(","));
    List<CtWindow> windows =
        channels.stream().filter(name -> !name.contains("@")).map(CtWindow::parse).toList();
    TensorRecipe recipe =
        new TensorRecipe(
            new TensorSpec(
                Integer.parseInt(matcher.group("size")), windows, matcher.group("mask") != null),
            channels.size() > windows.size(),
            Values.valueOf(matcher.group("values").toUpperCase(Locale.ROOT)));
    if (!recipe.text().equals(text)) {
      throw new UserException("'%s' is no recipe of tensors".formatted(text));
    }
    return recipe;
  }
}
