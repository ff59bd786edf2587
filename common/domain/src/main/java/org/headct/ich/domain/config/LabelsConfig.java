package org.headct.ich.domain.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.headct.ich.domain.label.LabelForm;
import org.headct.ich.domain.label.Subtype;

/**
 * Settings of {@code reshape-labels}.
 *
 * @param input label files: paths, globs, directories, archives or URIs; not empty
 * @param names pattern for the names of label files in folders and archives
 * @param form form of all files; empty if each file's header decides
 * @param removedFiles treatment of rows whose file is no longer in the input
 * @param prevalence allowed fraction of positive images, by class
 * @param expectedImages number of images that the report compares with, if given
 * @param expectedPositives number of positive images that the report compares with, by class;
 *     classes without a number are absent
 * @param maxRejectRatio the largest fraction of the rows that may become findings, 0 to 1
 */
public record LabelsConfig(
    List<String> input,
    NamePattern names,
    Optional<LabelForm> form,
    RemovedFiles removedFiles,
    Map<Subtype, Band> prevalence,
    OptionalLong expectedImages,
    Map<Subtype, Long> expectedPositives,
    double maxRejectRatio) {

  /** Treatment of rows from files that earlier runs read and that the input now lacks. */
  public enum RemovedFiles {
    /** The rows stay: the input adds to what earlier runs read. */
    KEEP,
    /** The rows are removed: only the input counts. */
    RETRACT
  }

  /**
   * A closed range of fractions, in [0, 1].
   *
   * @param least the lower end
   * @param most the upper end
   */
  public record Band(double least, double most) {
    /** Returns whether a fraction lies in the range. */
    public boolean contains(double part) {
      return part >= least && part <= most;
    }
  }

  private enum FormChoice {
    AUTO,
    LONG,
    WIDE,
    READS;

    Optional<LabelForm> form() {
      return this == AUTO ? Optional.empty() : Optional.of(LabelForm.valueOf(name()));
    }
  }

  public static LabelsConfig from(Settings settings) {
    Map<Subtype, Band> prevalence = new EnumMap<>(Subtype.class);
    Map<Subtype, Long> positives = new EnumMap<>(Subtype.class);
    for (Subtype subtype : Subtype.ALL) {
      prevalence.put(subtype, band(settings, "labels.prevalence." + subtype.column()));
      expected(settings, subtype.column()).ifPresent(n -> positives.put(subtype, n));
    }
    return new LabelsConfig(
        settings.requiredTexts("labels.input"),
        NamePattern.from(settings, "labels.names"),
        settings.choice("labels.form", FormChoice.class).form(),
        settings.choice("labels.removed-files", RemovedFiles.class),
        prevalence,
        expected(settings, "images"),
        positives,
        settings.number("max-reject-ratio", 0, 1));
  }

  private static Band band(Settings settings, String key) {
    List<String> ends = settings.texts(key);
    try {
      double[] parts = ends.stream().mapToDouble(Double::parseDouble).toArray();
      if (parts.length == 2 && parts[0] >= 0 && parts[0] <= parts[1] && parts[1] <= 1) {
        return new Band(parts[0], parts[1]);
      }
    } catch (NumberFormatException e) {
      throw settings.outOfRange(key, "two numbers in [0, 1], the lower first", ends);
    }
    throw settings.outOfRange(key, "two numbers in [0, 1], the lower first", ends);
  }

  private static OptionalLong expected(Settings settings, String name) {
    String key = "labels.expected." + name;
    long count = settings.seed(key);
    if (count < -1) {
      throw settings.outOfRange(key, "a count, or -1 for none", count);
    }
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
