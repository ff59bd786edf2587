package org.headct.ich.jobs.testing;

import java.util.List;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Content;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/** Rows of {@code ich.slices} that differ by their position in the series. They have no objects. */
public final class SliceRows {
  private SliceRows() {}

  /** Returns a slice of a series named like its patient. Its pixels were not read. */
  public static Slice at(String imageId, String patientId, int z) {
    return at(imageId, patientId, "series " + patientId, z, Content.unread(List.of()));
  }

  /** Returns the z-th axial slice of a series, with 5 mm between slices. */
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
        SlicesTable.Description.NONE,
        "",
        "",
        content);
  }

  /** Returns a description of 64 x 64 pixels of 12 bits, HU = stored − 1024. */
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

  /** Returns pixels from air to bone. Images with the same name have the same pixels. */
  public static Content pixels(String name) {
    return new Content("content of " + name, "pixels " + name, -1000.0, 1500.0, 0.3, List.of());
  }

  /** Returns an image that contains only air. */
  public static Content blank() {
    return new Content("content of air", "air", -1000.0, -1000.0, 0.0, List.of());
  }

  /** Returns a copy of a slice with other ids. */
  public static Slice withIds(Slice slice, String patientId, String studyId, String seriesId) {
    return new Slice(
        slice.imageId(),
        slice.frame(),
        slice.location(),
        new SlicesTable.Identity(patientId, studyId, seriesId, slice.identity().instanceNumber()),
        slice.geometry(),
        slice.pixels(),
        slice.description(),
        slice.scanner(),
        slice.implementation(),
        slice.content());
  }

  /** Returns a copy of a slice with another description. */
  public static Slice described(Slice slice, SlicesTable.Description description) {
    return new Slice(
        slice.imageId(),
        slice.frame(),
        slice.location(),
        slice.identity(),
        slice.geometry(),
        slice.pixels(),
        description,
        slice.scanner(),
        slice.implementation(),
        slice.content());
  }

  /** Returns a copy of a slice with another geometry and another number. */
  public static Slice placed(
      Slice slice, List<Double> positionMm, List<Double> orientation, @Nullable Integer number) {
    SlicesTable.Identity ids = slice.identity();
    return new Slice(
        slice.imageId(),
        slice.frame(),
        slice.location(),
        new SlicesTable.Identity(ids.patientId(), ids.studyId(), ids.seriesId(), number),
        new SlicesTable.Geometry(positionMm, orientation, List.of(), 5.0),
        slice.pixels(),
        slice.description(),
        slice.scanner(),
        slice.implementation(),
        slice.content());
  }
}
