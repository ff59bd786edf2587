package org.headct.ich.pages;

import java.util.List;
import java.util.OptionalInt;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Picture;

/**
 * What a model says of one scan, as plain data.
 *
 * @param origin whose heads the dump has
 * @param scan as the list has it; its page is the list's, as a link from this one
 * @param rank in the list, from 1
 * @param outputs of the network, in order
 * @param slices the most suspicious first
 */
public record ScanReport(
    ScansReport.Source source,
    DataOrigin origin,
    ScansReport.Scan scan,
    int rank,
    List<String> outputs,
    List<Slice> slices) {

  /**
   * @param position place in the ordered series, from 0; empty for a slice that has none
   * @param suspicion in [0, 1]
   * @param scores of the outputs, in order
   * @param windows pictures; empty for none
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
