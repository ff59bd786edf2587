package org.headct.ich.domain.label.packed;

import java.io.Serializable;

/**
 * Which part of which file each source is, and which files were loaded together. Sources are
 * numbered by load, then file, then place in the file.
 *
 * @param files index of the source's file in the run's list, by source
 * @param loads number of the load that the source belongs to, by source, never falling
 */
public record LabelSources(int[] files, int[] loads) implements Serializable {
  /**
   * @throws IllegalArgumentException if there are more than 32,768 sources
   */
  public LabelSources {
    if (files.length != loads.length || files.length > LabelEntry.MAX_SOURCE + 1) {
      throw new IllegalArgumentException(
          "%d files and %d loads for at most %d sources"
              .formatted(files.length, loads.length, LabelEntry.MAX_SOURCE + 1));
    }
    files = files.clone();
    loads = loads.clone();
  }

  @Override
  public int[] files() {
    return files.clone();
  }

  @Override
  public int[] loads() {
    return loads.clone();
  }
}
