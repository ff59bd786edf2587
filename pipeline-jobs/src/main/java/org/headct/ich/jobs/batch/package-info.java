/**
 * Batches of tensors: planned on the driver from the footers of Parquet files, read on executors.
 */
@NullMarked
package org.headct.ich.jobs.batch;

import org.jspecify.annotations.NullMarked;
