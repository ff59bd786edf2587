package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.error.UserException;

/**
 * The recipe of a stored tensor: the windows of a slice as planes, the planes of its neighbours if
 * wanted, and the type of the numbers.
 *
 * @param slice size, windows and mask of one slice
 * @param adjacentSlices whether the planes of z−1 come before and those of z+1 after the slice's
 *     own. At an end of the series the slice replaces its missing neighbour
 * @param values type and scale of the numbers
 */
public record TensorRecipe(TensorSpec slice, boolean adjacentSlices, Values values)
    implements Serializable {
  private static final String BEFORE = "@-1";
  private static final String AFTER = "@+1";

  private static final Pattern TEXT =
      Pattern.compile(
          "(?<size>\\d{1,5})x\\d{1,5} (?<channels>\\S+) (?<mask>head-mask )?(?<values>uint8|float32|standardised) v(?<version>\\d+)");

  /** The type and scale of the numbers of a tensor. */
  public enum Values {
    /** Grey levels from 0 to 255 over the window. */
    UINT8("uint8", Byte.BYTES),
    /** Numbers from 0 to 1 over the window, not quantised. */
    FLOAT32("float32", Float.BYTES),
    /** The {@link #FLOAT32} numbers, standardised by channel over the training part. */
    STANDARDISED("float32", Float.BYTES);

    private final String type;
    private final int bytes;

    Values(String type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    /** Returns the table's name for the type of the numbers; float32 is stored little endian. */
    public String type() {
      return type;
    }
  }

  /** Returns the number of slices in a tensor: 1 or 3. */
  public int slices() {
    return adjacentSlices ? 3 : 1;
  }

  /** Returns C: one channel for each window of each slice. */
  public int channels() {
    return slices() * slice.windows().size();
  }

  /** Returns the length of a tensor in bytes: channels × size × size × bytes of a number. */
  public int lengthBytes() {
    return Math.multiplyExact(slices() * slice.lengthBytes(), values.bytes);
  }

  /**
   * Returns the names of the channels in order, such as {@code brain:40/80} in HU. Names of a
   * neighbour's channels end in {@code @-1} or {@code @+1}.
   */
  public List<String> channelNames() {
    List<String> names = new ArrayList<>();
    for (String place : adjacentSlices ? List.of(BEFORE, "", AFTER) : List.of("")) {
      slice.windows().forEach(window -> names.add(window.text() + place));
    }
    return names;
  }

  /** Returns a text for users: C×H×W, the type of the numbers, and the channels. */
  public String describe() {
    return "%d×%d×%d %s, %s"
        .formatted(
            channels(),
            slice.size(),
            slice.size(),
            values.type(),
            String.join(",", channelNames()));
  }

  /** Returns every setting that the stored bytes depend on; tables store this text with them. */
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
   * Parses the output of {@link #text}.
   *
   * @throws UserException if the text has another form, or is of another builder version
   */
  public static TensorRecipe parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new UserException("'%s' is not a tensor recipe".formatted(text));
    }
    if (!matcher.group("version").equals(Integer.toString(TensorBuilder.VERSION))) {
      throw new UserException(
          "tensors of version %s ('%s') do not fit this release, which makes version %d"
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
      throw new UserException("'%s' is not a tensor recipe".formatted(text));
    }
    return recipe;
  }
}
