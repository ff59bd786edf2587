package org.headct.ich.domain.metric;

/**
 * A figure with the uncertainty of its sample.
 *
 * @param estimate the figure of the examples themselves; NaN if undefined
 * @param lower lower end of the interval; NaN if the figure was defined in no resample
 * @param upper upper end of the interval; NaN likewise
 * @param confidence in (0, 1), for instance 0.95
 * @param resamples how many resamples the ends come from
 * @param skipped how many more were drawn but left the figure undefined (no positive, say); where
 *     they are many the interval is too narrow
 */
public record Interval(
    double estimate, double lower, double upper, double confidence, int resamples, int skipped) {}
