package org.headct.ich.jobs.selectslices;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.headct.ich.domain.sample.Groups;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/**
 * What the split deals out: images, series, or patients. Patients who share an image, or a series,
 * are one person under two names or one scan filed twice; they are one unit, and so are those who
 * share one with them.
 */
final class SplitUnits {
  private final SplitUnit unit;
  private final Groups patients = new Groups();

  private SplitUnits(SplitUnit unit) {
    this.unit = unit;
  }

  /** The units of these slices. */
  static SplitUnits of(SplitUnit unit, Collection<Middle> middles) {
    SplitUnits units = new SplitUnits(unit);
    Map<String, String> ofImage = new HashMap<>();
    Map<String, String> ofSeries = new HashMap<>();
    for (Middle middle : middles) {
      units.join(ofSeries, middle.seriesId(), middle.patientId());
      if (middle.pixelHash() != null) {
        units.join(ofImage, middle.pixelHash(), middle.patientId());
      }
    }
    return units;
  }

  private void join(Map<String, String> first, String key, String patient) {
    String other = first.putIfAbsent(key, patient);
    if (other != null) {
      patients.link(other, patient);
    }
  }

  /** Id of the unit that a slice belongs to. */
  String of(Middle middle) {
    return switch (unit) {
      case PATIENT -> patients.representative(middle.patientId());
      case SERIES -> middle.seriesId();
      case SLICE -> middle.imageId();
    };
  }

  /** How many patients are in one unit with another. */
  long joined(Collection<Middle> middles) {
    return middles.stream()
        .map(Middle::patientId)
        .distinct()
        .filter(patient -> !patients.representative(patient).equals(patient))
        .count();
  }
}
