/**
 * Batches of tensors: the driver plans them from the footers of Parquet files, and executors read
 * them.
 */
@NullMarked
package org.headct.ich.jobs.batch;

import org.jspecify.annotations.NullMarked;
