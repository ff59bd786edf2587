package org.headct.ich.pages;

import java.util.List;

/**
 * Slices of a dataset as its tensors hold them.
 *
 * @param dataset name of the dataset and facts about its tensors
 * @param channels channels of a tensor, in order
 */
public record TensorsReport(
    ExploreReport.Dataset dataset,
    DataOrigin origin,
    List<Channel> channels,
    QueryResult<ContactSlice> slices) {

  /**
   * A channel of the tensors.
   *
   * @param name window of the channel, and its slice if it is a neighbour
   * @param mean mean that was subtracted from the values in [0, 1]; NaN if they are not
   *     standardised
   * @param deviation standard deviation that the values were divided by; NaN if they are not
   *     standardised
   */
  public record Channel(String name, double mean, double deviation) {}

  public TensorsReport {
    channels = List.copyOf(channels);
  }
}
