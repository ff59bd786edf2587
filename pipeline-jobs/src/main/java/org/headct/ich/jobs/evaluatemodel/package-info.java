/** The command {@code evaluate-model}: figures, robustness and example slices of a saved model. */
@NullMarked
package org.headct.ich.jobs.evaluatemodel;

import org.jspecify.annotations.NullMarked;
