package org.headct.ich.pages;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.pages.element.Picture;

/**
 * A slice to look at. Its pictures are made where its pixels are, so it travels.
 *
 * @param truth what the annotators saw; empty for no haemorrhage
 */
public record ContactSlice(String imageId, List<String> truth, Place place, List<Picture> windows)
    implements Serializable {

  /**
   * Where the slice stands in its dataset.
   *
   * @param position place in the ordered series, from 0
   * @param copies how often an epoch of training sees it
   */
  public record Place(String dataset, String split, int position, int copies)
      implements Serializable {

    String line() {
      String place = "%s, %s, position %d in its series".formatted(dataset, split, position);
      return copies == 1 ? place : place + ", %d copies".formatted(copies);
    }
  }

  public ContactSlice {
    truth = List.copyOf(truth);
    windows = List.copyOf(windows);
  }

  /** Its classes and its part of the split. */
  List<String> tags() {
    List<String> tags = new ArrayList<>(truth.isEmpty() ? List.of("no haemorrhage") : truth);
    tags.add(place.split());
    return tags;
  }

  String label() {
    return "Label: " + (truth.isEmpty() ? "no haemorrhage" : String.join(", ", truth));
  }
}
