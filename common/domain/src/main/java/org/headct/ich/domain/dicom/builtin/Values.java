package org.headct.ich.domain.dicom.builtin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parsing of decimal and integer strings (DS and IS, PS3.5 section 6.2), tolerant of padding. */
final class Values {
  /** No attribute that is read comes near this; the standard allows 16 bytes a number. */
  static final int MAX_TEXT_BYTES = 4096;

  private Values() {}

  /** The one finite number of the text, or of its first value; null if there is none. */
  static @Nullable Double decimal(String text) {
    int separator = text.indexOf('\\');
    String value = (separator < 0 ? text : text.substring(0, separator)).strip();
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

  /** All numbers of a multi-valued text; empty if one of them is malformed. */
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

  /** Exactly {@code count} numbers, or null. */
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

  /** A whole number in the range of int, also where it is written as {@code 12.0}; else null. */
  static @Nullable Integer integer(String text) {
    Double number = decimal(text);
    if (number == null || number != (double) number.intValue()) {
      return null;
    }
    return number.intValue();
  }

  /** Keeps out what {@link Double#parseDouble} takes beyond DS: hexadecimals, suffixes, names. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if ("0123456789+-.eE".indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
