package org.headct.ich.jobs.report;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.headct.ich.domain.ct.SliceReason;

/**
 * The share of an input that is damaged, as {@code max-reject-ratio} counts it. A CD or a PACS
 * export also holds reports, presentation states and a viewer. They are sound and no CT images, so
 * they are set aside: they are neither damage nor part of the input that is compared.
 *
 * @param compared number of items without those set aside
 * @param damaged number of damaged items by reason
 * @param setAside number of items that are no CT image, by reason
 */
record RejectShare(long compared, Map<String, Long> damaged, Map<String, Long> setAside) {
  private static final Set<String> NO_CT_IMAGE =
      Set.of(SliceReason.NOT_CT.name(), SliceReason.OTHER_FILE.name());

  /** Withdrawn items were left out on request; they do not mean that the input is wrong. */
  private static final String WITHDRAWN = SliceReason.WITHDRAWN.name();

  /** Divides the rejected items of an input. */
  static RejectShare of(long in, Map<String, Long> rejected) {
    Map<String, Long> setAside = part(rejected, NO_CT_IMAGE::contains);
    return new RejectShare(
        in - sum(setAside),
        part(rejected, reason -> !NO_CT_IMAGE.contains(reason) && !reason.equals(WITHDRAWN)),
        setAside);
  }

  private static Map<String, Long> part(Map<String, Long> rejected, Predicate<String> wanted) {
    Map<String, Long> part = new TreeMap<>(rejected);
    part.keySet().removeIf(wanted.negate());
    return part;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns whether the input holds something, but no CT image at all. */
  boolean isAllSetAside() {
    return compared == 0 && !setAside.isEmpty();
  }

  /** Returns whether the share is above the limit, or nothing is left to compare. */
  boolean isAbove(double maxRejectRatio) {
    return sum(damaged) > maxRejectRatio * compared || isAllSetAside() && maxRejectRatio < 1;
  }

  /** Returns a clause that says by how much the input is above the limit. */
  String describe(String unit, double maxRejectRatio) {
    if (isAllSetAside()) {
      return "none of %,d %s is a CT image %s".formatted(sum(setAside), unit, setAside);
    }
    return "%,d of %,d %s were rejected %s: %s %%, more than max-reject-ratio = %s allows"
        .formatted(sum(damaged), compared, unit, damaged, percent(), maxRejectRatio);
  }

  /** Returns a sentence about the items set aside, or an empty text. */
  String describeSetAside(String unit) {
    return setAside.isEmpty() || isAllSetAside()
        ? ""
        : "%,d more %s are no CT images and not counted %s. "
            .formatted(sum(setAside), unit, setAside);
  }

  /** Returns the fact that a report shows if items were set aside. */
  String fact(String unit) {
    return "%,d %s are no CT images and no damage %s; damaged: %,d of the other %,d (%s %%)"
        .formatted(sum(setAside), unit, setAside, sum(damaged), compared, percent());
  }

  private String percent() {
    double share = compared == 0 ? 0 : 100.0 * sum(damaged) / compared;
    // Few damaged objects of many must not look like none.
    return String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.2g" : "%.1f", share);
  }
}
