package org.headct.ich.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.headct.ich.pages.element.Facts;

/** The slices of an invented dataset. */
final class SampleTensors {
  private SampleTensors() {}

  static TensorsReport report() {
    return new TensorsReport(
        new ExploreReport.Dataset(
            "binary",
            "0.1.0 (7e2f947)",
            Instant.parse("2026-11-23T12:00:00Z"),
            List.of(new Facts.Fact("Slices shown", "9", "of 108,715 tensors"))),
        DataOrigin.PATIENTS,
        List.of(
            new TensorsReport.Channel("bone 600/2800", Double.NaN, Double.NaN),
            new TensorsReport.Channel("brain 40/80", 0.1788, 0.29591)),
        new QueryResult<>("SELECT image_id FROM ich.tensors", slices(9)));
  }

  /** Returns slices of which every third has a bleed and two copies per epoch. */
  static List<ContactSlice> slices(int count) {
    Random random = new Random(11);
    List<ContactSlice> slices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean bleeds = i % 3 == 0;
      slices.add(
          new ContactSlice(
              "ID_%08x".formatted(random.nextInt()),
              bleeds ? List.of("intraparenchymal") : List.of(),
              new ContactSlice.Place("binary", "train", 10 + i, bleeds ? 2 : 1),
              SampleSlices.windows(random, bleeds)));
    }
    return slices;
  }
}
