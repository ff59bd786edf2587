package org.headct.ich.domain.series;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.series.SeriesOrder.Finding;
import org.headct.ich.domain.series.SeriesOrder.LeftOut;
import org.headct.ich.domain.series.SeriesOrder.Ordered;
import org.headct.ich.domain.series.SeriesOrder.Reason;
import org.headct.ich.domain.series.SeriesOrder.Slice;

/** The collector of what an order leaves out and finds. */
final class OrderLedger {
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** Adds a finding; the image id is empty if it is about the series. */
  void note(Reason reason, String imageId, String detail) {
    findings.add(new Finding(reason, imageId, detail));
  }

  /** Leaves out one slice, with a finding of its own. */
  void leaveOut(Slice slice, Reason reason, String detail) {
    leftOut.add(new LeftOut(slice, reason, detail));
    note(reason, slice.imageId(), detail);
  }

  /** Leaves out all slices of a series, with one finding. */
  void leaveOutAll(List<Slice> slices, Reason reason, String detail) {
    slices.forEach(slice -> leftOut.add(new LeftOut(slice, reason, detail)));
    note(reason, "", detail);
  }

  Ordered ordered(List<Slice> slices) {
    return new Ordered(slices, leftOut, findings);
  }
}
