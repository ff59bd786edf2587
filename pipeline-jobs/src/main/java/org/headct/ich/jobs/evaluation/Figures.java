package org.headct.ich.jobs.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headct.ich.domain.metric.Bootstrap;
import org.headct.ich.domain.metric.Interval;
import org.headct.ich.domain.metric.Statistic;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.element.Estimate;

/**
 * The figures of one class, or their means over the classes, with intervals by resampled patients.
 *
 * @param finding name of the class, or {@link MetricsTable#MEAN}
 * @param positives number of positive images among {@code images}; for the mean, images that are
 *     positive for at least one class
 * @param intervals intervals by metric name; NaN if undefined
 */
public record Figures(
    String finding, long images, long positives, Map<String, Interval> intervals) {
  static Figures of(
      String finding,
      long images,
      long positives,
      Map<String, Statistic> statistics,
      Bootstrap bootstrap,
      int[] groups) {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    statistics.forEach((name, one) -> intervals.put(name, bootstrap.interval(groups, one)));
    return new Figures(finding, images, positives, intervals);
  }

  /**
   * Returns the mean of each metric over the classes or scorings of the same images. All are
   * resampled together. A mean is undefined if one of its parts is.
   */
  static Map<String, Statistic> means(List<Map<String, Statistic>> classes) {
    Map<String, Statistic> means = new LinkedHashMap<>();
    for (String metric : classes.get(0).keySet()) {
      List<Statistic> each = classes.stream().map(one -> one.get(metric)).toList();
      means.put(
          metric, copies -> each.stream().mapToDouble(one -> one.of(copies)).sum() / each.size());
    }
    return means;
  }

  /** Returns the interval as text for a report. */
  public static String text(Interval i) {
    if (!Double.isFinite(i.estimate())) {
      return "undefined";
    }
    return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", i.estimate(), i.lower(), i.upper());
  }

  /** Returns the figures as a page shows them. */
  public ClassScores scores() {
    return new ClassScores(
        finding,
        images,
        positives,
        value("accuracy"),
        value("recall"),
        value("specificity"),
        value("precision"),
        value("f1"),
        Estimate.of(interval("roc_auc")),
        Estimate.of(interval("pr_auc")),
        value("log_loss"));
  }

  /** Returns the estimate of a figure. */
  public double value(String metric) {
    return interval(metric).estimate();
  }

  /** Returns a figure with its interval. */
  public Interval interval(String metric) {
    Interval interval = intervals.get(metric);
    if (interval == null) {
      throw new IllegalArgumentException("no figure is named " + metric);
    }
    return interval;
  }
}
