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
 * @param input label files: paths, globs, directories, archives, URIs; not empty
 * @param names which files of folders and archives are label files
 * @param form of all files; empty: each header tells
 * @param removedFiles what becomes of rows whose file is not among the input any more
 * @param prevalence least and most part of the images that may be positive, by class
 * @param expectedImages how many images the report compares with, if any
 * @param expectedPositives how many positive images, by class; classes without a figure are absent
 * @param maxRejectRatio part of the rows that may become findings, 0 to 1
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

  /** What becomes of the rows of files that earlier runs read and that the input lacks now. */
  public enum RemovedFiles {
    /** They stay: the input adds to what was read before. */
    KEEP,
    /** They go: the input is all there is. */
    RETRACT
  }

  /**
   * A closed range of parts, in [0, 1].
   *
   * @param least the lower end
   * @param most the upper end
   */
  public record Band(double least, double most) {
    /** Whether a part lies in it. */
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
