/**
 * The metrics of an evaluation, exact and without a threshold grid: ROC, precision and recall, log
 * loss, calibration, and intervals by resampling patients. An undefined figure is NaN, never 0 or
 * 1.
 *
 * <p>Scores and labels are parallel arrays: {@code scores[i]} is the model's score of example i,
 * {@code positives[i]} its label. A higher score means more likely positive.
 */
@NullMarked
package org.headct.ich.domain.metric;

import org.jspecify.annotations.NullMarked;
