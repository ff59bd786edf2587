/** Deeplearning4j's page of a running training, in builds with {@code -Pui}. */
@NullMarked
package org.headct.ich.jobs.trainingpage;

import org.jspecify.annotations.NullMarked;
