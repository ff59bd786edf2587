package org.headct.ich.domain.label.packed;

import java.io.Serializable;

/**
 * What has to be done to a table of labels so that it says what the label files say.
 *
 * @param added images that it lacks
 * @param changed images whose labels differ, with the new ones
 * @param removed images that no file speaks of any more, with the labels that they had
 * @param unchanged how many images stay as they are
 * @param repeated rows that the table held of an image that has another row there
 * @param checksum of the table as it will be: the exclusive or, over its images, of Spark's {@code
 *     xxhash64(image_id, bits)}
 */
public record LabelChanges(
    ImageLabelSet added,
    ImageLabelSet changed,
    ImageLabelSet removed,
    long unchanged,
    long repeated,
    long checksum)
    implements Serializable {

  /** What becomes of images of which the new files say nothing. */
  public enum Others {
    /** They stay: the files add to what is there. */
    KEEP,
    /** They go: the files are all there is. */
    REMOVE
  }

  /**
   * Compares what is there with what the files say; both by id, so in one pass.
   *
   * @param before what is there
   * @param after what the files say
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
