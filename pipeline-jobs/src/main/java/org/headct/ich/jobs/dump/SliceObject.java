package org.headct.ich.jobs.dump;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.table.SlicesTable.Location;
import org.headct.ich.jobs.table.SlicesTable.Slice;

/** Place of a slice's pixels: an object and a frame in it. */
public record SliceObject(String imageId, int frame, SourceObject object) implements Serializable {
  /** Reads the place from a row with these columns of {@code ich.slices}. */
  public static SliceObject of(Row row) {
    return new SliceObject(
        row.getAs("image_id"),
        row.<Integer>getAs("frame"),
        new SourceObject(
            row.getAs("uri"),
            row.getAs("member"),
            row.<Long>getAs("byte_offset"),
            row.<Long>getAs("stored_bytes"),
            row.<Long>getAs("size_bytes"),
            row.<Boolean>getAs("deflated")));
  }

  public static SliceObject of(Slice slice) {
    Location at = slice.location();
    return new SliceObject(
        slice.imageId(),
        slice.frame(),
        new SourceObject(
            at.uri(), at.member(), at.offset(), at.storedBytes(), at.sizeBytes(), at.deflated()));
  }
}
