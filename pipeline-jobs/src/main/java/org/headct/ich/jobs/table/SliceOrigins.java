package org.headct.ich.jobs.table;

import org.apache.spark.sql.functions;
import org.headct.ich.domain.dicom.builtin.DicomWriter;

/**
 * The number of slices in {@code ich.slices}, by origin.
 *
 * @param phantoms number of slices that this project's generator wrote
 * @param others number of slices from any other source
 */
public record SliceOrigins(long phantoms, long others) {
  /** Counts the slices. Both counts are 0 if there is no table. */
  public static SliceOrigins of(Warehouse warehouse) {
    SlicesTable slices = new SlicesTable();
    if (!warehouse.exists(slices)) {
      return new SliceOrigins(0, 0);
    }
    long all = warehouse.read(slices).count();
    long made =
        warehouse
            .read(slices)
            .where(functions.col("implementation").equalTo(DicomWriter.IMPLEMENTATION_NAME))
            .count();
    return new SliceOrigins(made, all - made);
  }
}
