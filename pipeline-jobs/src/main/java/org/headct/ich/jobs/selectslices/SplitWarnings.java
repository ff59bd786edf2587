package org.headct.ich.jobs.selectslices;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/**
 * Warnings about a dataset whose split is of little use: an empty part, few patients, or one
 * patient or study to which most of the data belong, as if the id were a constant.
 */
final class SplitWarnings {
  /** The number of patients below which a split of them says nothing about other people. */
  static final int FEW_PATIENTS = 5;

  /** The number of studies or patients from which one id with more than half of them is odd. */
  private static final int MANY = 5;

  private final SplitUnit unit;
  private final SplitRule rule;
  private final Collection<Middle> middles;

  /**
   * @param middles the dataset's images
   */
  SplitWarnings(SplitUnit unit, SplitRule rule, Collection<Middle> middles) {
    this.unit = unit;
    this.rule = rule;
    this.middles = middles;
  }

  /**
   * Returns the warnings, each with its cause.
   *
   * @param parts number of images in each part
   * @param units number of units that the split assigned
   */
  List<String> of(Map<Split, Long> parts, int units) {
    List<String> warnings = new ArrayList<>();
    if (middles.isEmpty()) {
      warnings.add("no images: no series has annotated middle slices for it");
      return warnings;
    }
    for (Split part : Split.values()) {
      if (isWanted(part) && parts.getOrDefault(part, 0L) == 0) {
        warnings.add(
            "no images in %s: %,d units of split.unit = %s are too few for this split"
                .formatted(part.column(), units, Settings.kebab(unit)));
      }
    }
    int patients = distinct(Middle::patientId);
    if (patients < FEW_PATIENTS) {
      warnings.add(
          "only %,d patients in %,d series: results say little about other people"
              .formatted(patients, distinct(Middle::seriesId)));
    } else if (unit == SplitUnit.PATIENT && units < FEW_PATIENTS) {
      warnings.add(
          "%,d patients form only %,d units, because they share studies, series or images"
              .formatted(patients, units));
    }
    long shared = seriesOfSeveralStudies();
    if (shared > 0) {
      warnings.add(
          "%,d series belong to several studies: SeriesInstanceUID is not unique"
              .formatted(shared));
    }
    hub(Middle::patientId, Middle::studyId)
        .ifPresent(
            hub ->
                warnings.add(
                    "patient %s has %,d of %,d studies: PatientID may be a constant"
                        .formatted(hub.id(), hub.members(), hub.all())));
    hub(Middle::studyId, Middle::patientId)
        .ifPresent(
            hub ->
                warnings.add(
                    "study %s has %,d of %,d patients: StudyInstanceUID may be a constant"
                        .formatted(hub.id(), hub.members(), hub.all())));
    return warnings;
  }

  private boolean isWanted(Split part) {
    return switch (part) {
      case TRAIN -> true;
      case VALIDATION -> rule.validationFraction() > 0;
      case TEST -> rule.testFraction() > 0;
    };
  }

  private int distinct(Function<Middle, String> id) {
    return (int) middles.stream().map(id).distinct().count();
  }

  private long seriesOfSeveralStudies() {
    Map<String, Set<String>> studies = new HashMap<>();
    for (Middle middle : middles) {
      studies.computeIfAbsent(middle.seriesId(), k -> new HashSet<>()).add(middle.studyId());
    }
    return studies.values().stream().filter(of -> of.size() > 1).count();
  }

  /** An id with most of the members that belong to any id. */
  private record Hub(String id, int members, int all) {}

  /** Returns the id to which more than half of many members belong, if there is one. */
  private Optional<Hub> hub(Function<Middle, String> id, Function<Middle, String> member) {
    Map<String, Set<String>> members = new HashMap<>();
    Set<String> all = new HashSet<>();
    for (Middle middle : middles) {
      if (!id.apply(middle).isEmpty() && !member.apply(middle).isEmpty()) {
        members.computeIfAbsent(id.apply(middle), k -> new HashSet<>()).add(member.apply(middle));
        all.add(member.apply(middle));
      }
    }
    return members.entrySet().stream()
        .filter(e -> e.getValue().size() >= MANY && 2 * e.getValue().size() > all.size())
        .findFirst()
        .map(e -> new Hub(e.getKey(), e.getValue().size(), all.size()));
  }
}
