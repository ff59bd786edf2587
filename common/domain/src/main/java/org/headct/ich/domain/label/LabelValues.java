package org.headct.ich.domain.label;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The spellings of a value. Programs write 0 and 1 in many ways: {@code 1.00}, {@code 1.0e+00},
 * {@code +1}, {@code 01}, {@code 1,0} (decimal comma), {@code True}, {@code FALSE}. A missing value
 * is blank, or NaN, NA, N/A, null or None. Case does not matter. Every other value is bad, also
 * {@code t}, {@code yes} and a probability.
 */
final class LabelValues {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:e[+-]?[0-9]{1,3})?");

  private static final int LONGEST = 40;
  private static final Set<String> MISSING =
      Set.of("nan", "na", "<na>", "n/a", "#n/a", "null", "none");

  private LabelValues() {}

  /** Returns the value of a text without spaces around it; null if it is bad. */
  static @Nullable Annotation of(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    String value = text.toLowerCase(Locale.ROOT);
    if (value.isEmpty() || MISSING.contains(value)) {
      return Annotation.BLANK;
    }
    if (value.equals("true")) {
      return Annotation.POSITIVE;
    }
    if (value.equals("false")) {
      return Annotation.NEGATIVE;
    }
    if (!NUMBER.matcher(value).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(value.replace(',', '.'));
    if (number.signum() == 0) {
      return Annotation.NEGATIVE;
    }
    return number.compareTo(BigDecimal.ONE) == 0 ? Annotation.POSITIVE : null;
  }
}
