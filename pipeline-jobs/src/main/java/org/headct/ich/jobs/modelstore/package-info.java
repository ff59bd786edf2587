/**
 * The directory of a training run: model, checkpoints, metrics and the settings it was trained
 * with.
 */
@NullMarked
package org.headct.ich.jobs.modelstore;

import org.jspecify.annotations.NullMarked;
