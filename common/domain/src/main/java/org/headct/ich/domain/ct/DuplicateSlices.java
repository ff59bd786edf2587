package org.headct.ich.domain.ct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slices of one ordered series with the same pixels: noise alone makes two scans of one plane
 * differ, so one of them is a copy, and a place in the head is missing or stands twice.
 */
public final class DuplicateSlices {
  private DuplicateSlices() {}

  /**
   * A slice whose pixels stand in the series before.
   *
   * @param position of the slice, from 0
   * @param first position of the first slice with its pixels
   */
  public record Duplicate(int position, int first) {}

  /**
   * The duplicates of a series, by position.
   *
   * @param pixelHashes of its slices in order; null where pixels were not read, and of an image of
   *     one value, since all images of air are equal
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
