/** The directory of a training run: its model, checkpoints, metrics and settings. */
@NullMarked
package org.headct.ich.jobs.modelstore;

import org.jspecify.annotations.NullMarked;
