package org.headct.ich.jobs.selectslices;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.headct.ich.domain.sample.Groups;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/**
 * Units that the split assigns: images, series or patients.
 *
 * <p>Patients who share an image, a series or a study are one person under two names, or one scan
 * filed twice. They form one unit, together with all who share one with any of them.
 */
final class SplitUnits {
  private final SplitUnit unit;
  private final Groups patients = new Groups();

  private SplitUnits(SplitUnit unit) {
    this.unit = unit;
  }

  /** Returns the units of these slices. */
  static SplitUnits of(SplitUnit unit, Collection<Middle> middles) {
    SplitUnits units = new SplitUnits(unit);
    Map<String, String> ofImage = new HashMap<>();
    Map<String, String> ofSeries = new HashMap<>();
    Map<String, String> ofStudy = new HashMap<>();
    for (Middle middle : middles) {
      units.join(ofSeries, middle.seriesId(), middle.patientId());
      if (!middle.studyId().isEmpty()) {
        units.join(ofStudy, middle.studyId(), middle.patientId());
      }
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

  /** Returns the id of the unit that a slice belongs to. */
  String of(Middle middle) {
    return switch (unit) {
      case PATIENT -> patients.representative(middle.patientId());
      case SERIES -> middle.seriesId();
      case SLICE -> middle.imageId();
    };
  }

  /** Counts the patients that were joined to another patient's unit. */
  long joined(Collection<Middle> middles) {
    return middles.stream()
        .map(Middle::patientId)
        .distinct()
        .filter(patient -> !patients.representative(patient).equals(patient))
        .count();
  }
}
