package org.headct.ich.domain.dicom.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parser of decimal and integer strings (DS and IS, PS3.5 section 6.2), tolerant of padding. */
final class Values {
  /**
   * The maximum size of a text, in bytes. No attribute that is read comes near it; the standard
   * allows 16 bytes per number.
   */
  static final int MAX_TEXT_BYTES = 4096;

  /** A number with one comma and no point. */
  private static final Pattern COMMA =
      Pattern.compile("^([+-]?[0-9]*),([0-9]+(?:[eE][+-]?[0-9]+)?)$");

  /** A number whose comma could also separate thousands. */
  private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9][0-9]{0,2},[0-9]{3}");

  private Values() {}

  /** Returns the text with a point for the comma of each number that has one comma and no point. */
  static String withPoints(String text) {
    if (text.indexOf(',') < 0) {
      return text;
    }
    return Arrays.stream(text.split("\\\\", -1))
        .map(value -> COMMA.matcher(value.trim()))
        .map(comma -> comma.replaceFirst("$1.$2"))
        .collect(Collectors.joining("\\"));
  }

  /** Returns whether the comma of a number may separate thousands: 1,024 is 1.024 or 1024. */
  static boolean isAmbiguous(String text) {
    return THOUSANDS.matcher(text.trim()).matches();
  }

  /** Returns the first value of the text as a finite number, or null if it is not one. */
  static @Nullable Double decimal(String text) {
    int separator = text.indexOf('\\');
    String value = (separator < 0 ? text : text.substring(0, separator)).trim();
    if (value.isEmpty() || !isPlain(value)) {
      return null;
    }
    try {
      double number = Double.parseDouble(value);
      return Double.isFinite(number) ? number : null;
    } catch (NumberFormatException malformed) {
      return null;
    }
  }

  /** Returns all numbers of a multi-valued text; empty if one of them is malformed. */
  static List<Double> decimals(String text) {
    List<Double> numbers = new ArrayList<>(2);
    int from = 0;
    while (from <= text.length() && !text.isEmpty()) {
      int to = text.indexOf('\\', from);
      if (to < 0) {
        to = text.length();
      }
      Double number = decimal(text.substring(from, to));
      if (number == null) {
        return List.of();
      }
      numbers.add(number);
      from = to + 1;
    }
    return List.copyOf(numbers);
  }

  /** Returns exactly {@code count} numbers, or null. */
  static double @Nullable [] vector(String text, int count) {
    List<Double> numbers = decimals(text);
    if (numbers.size() != count) {
      return null;
    }
    double[] vector = new double[count];
    for (int i = 0; i < count; i++) {
      vector[i] = numbers.get(i);
    }
    return vector;
  }

  /**
   * Returns a whole number in the range of int, also if written as {@code 12.0}; otherwise null.
   */
  static @Nullable Integer integer(String text) {
    Double number = decimal(text);
    if (number == null || number != (double) number.intValue()) {
      return null;
    }
    return number.intValue();
  }

  /**
   * Returns whether the text has only DS characters. {@link Double#parseDouble} also accepts
   * hexadecimals, suffixes and names.
   */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if ("0123456789+-.eE".indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
