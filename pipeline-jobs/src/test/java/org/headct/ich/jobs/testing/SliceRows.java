package org.headct.ich.jobs.testing;

import java.util.List;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Content;
import org.headct.ich.jobs.table.SlicesTable.Slice;

/** Rows of {@code ich.slices} whose place in their series decides; no object is behind them. */
public final class SliceRows {
  private SliceRows() {}

  /** Of a series of its patient's name, whose pixels were not read. */
  public static Slice at(String imageId, String patientId, int z) {
    return at(imageId, patientId, "series " + patientId, z, Content.unread(List.of()));
  }

  /** The z-th axial slice of a series, 5 mm apart. */
  public static Slice at(
      String imageId, String patientId, String seriesId, int z, Content content) {
    return new Slice(
        imageId,
        0,
        new SlicesTable.Location("file:/nowhere/" + imageId, "", 0, 1, 1, false, 1L),
        new SlicesTable.Identity(patientId, "study " + patientId, seriesId, z),
        new SlicesTable.Geometry(
            List.of(0.0, 0.0, 5.0 * z), List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0), List.of(), 5.0),
        description(),
        "",
        "",
        content);
  }

  /** 64 x 64 pixels of 12 bits, HU = stored − 1024. */
  public static SlicesTable.PixelDescription description() {
    return new SlicesTable.PixelDescription(
        "1.2.840.10008.1.2.1",
        "MONOCHROME2",
        64,
        64,
        12,
        false,
        1.0,
        -1024.0,
        null,
        List.of(40.0),
        List.of(80.0));
  }

  /** Pixels that are those of every other image of that name, from air to bone. */
  public static Content pixels(String name) {
    return new Content("content of " + name, "pixels " + name, -1000.0, 1500.0, 0.3, List.of());
  }

  /** An image of air. */
  public static Content blank() {
    return new Content("content of air", "air", -1000.0, -1000.0, 0.0, List.of());
  }
}
