package org.headct.ich.jobs.model;

import java.io.Serializable;

/**
 * Where a batch of tensors lies; what travels through Spark in place of the tensors.
 *
 * @param file Parquet file as an escaped URI, any Hadoop file system
 * @param rowGroup index of the row group in the file
 * @param firstRow first example within the row group, in the order of the epoch; an over-sampled
 *     row is several
 * @param rows number of examples, never beyond the row group
 * @param key of the row group: {@link TensorPlan.RowGroup#key}
 */
public record BatchRef(String file, int rowGroup, int firstRow, int rows, long key)
    implements Serializable {}
