package org.headct.ich.domain.series;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds slices of one ordered series with the same pixels. Noise makes two scans of one plane
 * differ, so equal pixels mean a copy. A place in the head is then missing or occurs twice.
 */
public final class DuplicateSlices {
  private DuplicateSlices() {}

  /**
   * A slice with the pixels of an earlier slice of its series.
   *
   * @param position position of the slice, from 0
   * @param first position of the first slice with these pixels
   */
  public record Duplicate(int position, int first) {}

  /**
   * Returns the duplicates of a series, by position.
   *
   * @param pixelHashes hashes of the slices in order. Null if pixels were not read, or if the image
   *     has only one value, because all images of air are equal
   */
  public static List<Duplicate> of(List<@Nullable String> pixelHashes) {
    Map<String, Integer> firsts = new HashMap<>();
    List<Duplicate> duplicates = new ArrayList<>();
    for (int position = 0; position < pixelHashes.size(); position++) {
      String hash = pixelHashes.get(position);
      Integer first = hash == null ? null : firsts.putIfAbsent(hash, position);
      if (first != null) {
        duplicates.add(new Duplicate(position, first));
      }
    }
    return duplicates;
  }
}
