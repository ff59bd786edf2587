package org.headct.ich.pages;

import java.util.List;

/**
 * Slices of a dataset as its tensors hold them.
 *
 * @param dataset its name, and what its tensors are
 * @param channels in their order
 */
public record TensorsReport(
    ExploreReport.Dataset dataset,
    DataOrigin origin,
    List<Channel> channels,
    QueryResult<ContactSlice> slices) {

  /**
   * A channel of the tensors.
   *
   * @param name the window, and of which slice
   * @param mean that was taken out of the values, of 0 to 1; not a number where none was
   * @param deviation that they were divided by; not a number where they were not
   */
  public record Channel(String name, double mean, double deviation) {}

  public TensorsReport {
    channels = List.copyOf(channels);
  }
}
