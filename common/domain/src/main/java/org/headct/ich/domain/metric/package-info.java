/**
 * Figures of an evaluation, exact and without a threshold grid: ROC, precision and recall, log
 * loss, calibration, and intervals by resampling patients. What is undefined is NaN, never 0 or 1.
 *
 * <p>Scores and labels are parallel arrays: {@code scores[i]} is the model's score of example i,
 * higher meaning more likely positive, and {@code positives[i]} its label.
 */
@NullMarked
package org.headct.ich.domain.metric;

import org.jspecify.annotations.NullMarked;
