package org.headct.ich.pages;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.pages.element.Picture;

/**
 * A slice with its pictures for a contact sheet. It is serializable, because its pictures are made
 * on the machine that holds the pixels.
 *
 * @param truth subtypes that the annotators labelled; empty for no haemorrhage
 */
public record ContactSlice(String imageId, List<String> truth, Place place, List<Picture> windows)
    implements Serializable {

  /**
   * The slice's place in its dataset.
   *
   * @param position index in the ordered series, from 0
   * @param copies number of times that a training epoch uses the slice
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

  /** Returns the slice's classes and its part of the split. */
  List<String> tags() {
    List<String> tags = new ArrayList<>(truth.isEmpty() ? List.of("no haemorrhage") : truth);
    tags.add(place.split());
    return tags;
  }

  String label() {
    return "Label: " + (truth.isEmpty() ? "no haemorrhage" : String.join(", ", truth));
  }
}
