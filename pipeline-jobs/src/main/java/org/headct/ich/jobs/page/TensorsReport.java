package org.headct.ich.jobs.page;

/**
 * Slices of a dataset as its tensors hold them.
 *
 * @param dataset its name, and what its tensors are
 */
public record TensorsReport(
    ExploreReport.Dataset dataset, DataOrigin origin, Queried<ContactSlice> slices) {}
