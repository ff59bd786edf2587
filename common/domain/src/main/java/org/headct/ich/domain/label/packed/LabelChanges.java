package org.headct.ich.domain.label.packed;

import java.io.Serializable;

/**
 * The changes that make a table of labels hold what the label files say.
 *
 * @param added images that the table lacks
 * @param changed images whose labels differ, with the new labels
 * @param removed images that no file names any more, with their old labels
 * @param unchanged the number of images that stay as they are
 * @param repeated the number of rows of the table whose image has another row there
 * @param checksum the checksum of the changed table: the exclusive or, over its images, of Spark's
 *     {@code xxhash64(image_id, bits)}
 */
public record LabelChanges(
    ImageLabelSet added,
    ImageLabelSet changed,
    ImageLabelSet removed,
    long unchanged,
    long repeated,
    long checksum)
    implements Serializable {

  /** The treatment of images that the new files do not name. */
  public enum Others {
    /** The images stay: the files add to the table. */
    KEEP,
    /** The images go: the files are the whole input. */
    REMOVE
  }

  /**
   * Compares the table with the files. Both are sorted by id, so one pass is enough.
   *
   * @param before the images of the table
   * @param after the images of the files
   */
  public static LabelChanges between(ImageLabelSet before, ImageLabelSet after, Others others) {
    if (before.size() == 0) {
      return new LabelChanges(
          after, ImageLabelSet.EMPTY, ImageLabelSet.EMPTY, 0, 0, after.checksum());
    }
    ImageLabelSet.Builder added = new ImageLabelSet.Builder();
    ImageLabelSet.Builder changed = new ImageLabelSet.Builder();
    ImageLabelSet.Builder removed = new ImageLabelSet.Builder();
    long unchanged = 0;
    long checksum = 0;
    int b = 0;
    int a = 0;
    while (b < before.size() || a < after.size()) {
      int order = b == before.size() ? 1 : a == after.size() ? -1 : before.compare(b, after, a);
      if (order < 0 && others == Others.REMOVE) {
        removed.add(before, b++);
        continue;
      }
      checksum ^= order < 0 ? before.checksum(b) : after.checksum(a);
      if (order > 0) {
        added.add(after, a);
      } else if (order < 0 || before.bits(b) == after.bits(a)) {
        unchanged++;
      } else {
        changed.add(after, a);
      }
      b += order <= 0 ? 1 : 0;
      a += order >= 0 ? 1 : 0;
    }
    return new LabelChanges(
        added.build(), changed.build(), removed.build(), unchanged, before.repeated(), checksum);
  }
}
