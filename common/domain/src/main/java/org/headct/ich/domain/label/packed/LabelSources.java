package org.headct.ich.domain.label.packed;

import java.io.Serializable;

/**
 * The file and the load of each source. A source is a part of a file; the files of a load were
 * loaded together. Sources are numbered by load, then file, then place in the file.
 *
 * @param files the index of the source's file in the run's list, by source
 * @param loads the number of the source's load, by source, never falling
 */
public record LabelSources(int[] files, int[] loads) implements Serializable {
  /**
   * @throws IllegalArgumentException if the arrays differ in length or have more than 32,768
   *     sources
   */
  public LabelSources {
    if (files.length != loads.length || files.length > LabelEntry.MAX_SOURCE + 1) {
      throw new IllegalArgumentException(
          "there must be as many files as loads and at most %3$d sources, got %1$d files and %2$d loads"
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
