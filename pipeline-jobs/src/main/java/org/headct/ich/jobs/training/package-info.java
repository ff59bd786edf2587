/** The settings of a training run. */
@NullMarked
package org.headct.ich.jobs.training;

import org.jspecify.annotations.NullMarked;
