package org.headct.ich.jobs.table;

import org.apache.spark.sql.functions;
import org.headct.ich.domain.dicom.builtin.DicomWriter;

/**
 * Whose heads are in {@code ich.slices}.
 *
 * @param phantoms slices that this project's generator wrote
 * @param others slices from anywhere else
 */
public record SliceOrigins(long phantoms, long others) {
  /** Counts them; both 0 while there is no table. */
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
