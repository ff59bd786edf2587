/**
 * The training of networks: references to batches of tensors, the loader that an executor reads
 * them with, the trainer (parameter averaging on Spark), the scorer and the run directory.
 */
@NullMarked
package org.headct.ich.jobs.model;

import org.jspecify.annotations.NullMarked;
