package org.headct.ich.pages;

import java.util.List;
import java.util.OptionalInt;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Picture;

/**
 * A model's results for one scan, as plain data.
 *
 * @param origin origin of the dump's slices: patients, phantoms or both
 * @param scan the scan's entry in the list; its {@code page} is the link from this page to the list
 * @param rank place in the list, from 1
 * @param outputs names of the network's outputs, in order
 * @param slices slices of the scan, the most suspicious first
 */
public record ScanReport(
    ScansReport.Source source,
    DataOrigin origin,
    ScansReport.Scan scan,
    int rank,
    List<String> outputs,
    List<Slice> slices) {

  /**
   * A scored slice.
   *
   * @param position index in the ordered series, from 0; empty for a slice without a position
   * @param suspicion suspicion of the slice, in [0, 1]
   * @param scores one score per output, in order
   * @param windows pictures of the slice, one per window; may be empty
   */
  public record Slice(
      String imageId,
      String seriesId,
      OptionalInt position,
      double suspicion,
      List<Double> scores,
      List<Picture> windows) {
    public Slice {
      scores = List.copyOf(scores);
      windows = List.copyOf(windows);
    }

    String place() {
      return position.isPresent() ? Integer.toString(position.getAsInt()) : Numbers.NONE;
    }
  }

  public ScanReport {
    outputs = List.copyOf(outputs);
    slices = List.copyOf(slices);
  }
}
