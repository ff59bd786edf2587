package org.headct.ich.domain.metric;

/**
 * A figure with its confidence interval.
 *
 * @param estimate figure of all examples; NaN if undefined
 * @param lower lower end of the interval; NaN if the figure was undefined in every resample
 * @param upper upper end of the interval; NaN if the figure was undefined in every resample
 * @param confidence confidence in (0, 1), for instance 0.95
 * @param resamples number of resamples that the ends come from
 * @param skipped number of resamples that left the figure undefined, for example without a
 *     positive. If there are many, the interval is too narrow
 */
public record Interval(
    double estimate, double lower, double upper, double confidence, int resamples, int skipped) {}
