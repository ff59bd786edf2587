package org.headct.ich.domain.series;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public list of terms that say what an image is. Scanners and workstations write them into
 * ImageType [PS3.3 C.7.6.1.1.2, C.8.2.1.1.1, C.8.16.1] and SeriesDescription. Only the result is
 * kept, never the text.
 */
final class ImageTerms {
  /**
   * Separators of words; CT_SOM5 and MAX_IP are several words, MAT_SPECIFIC stays in WHOLE_MAPS.
   */
  private static final Pattern SEPARATORS = Pattern.compile("[^A-Z0-9]+");

  private static final Set<String> LOCALIZERS =
      Set.of(
          "LOCALIZER",
          "LOCALISER",
          "SCOUT",
          "SCOUTS",
          "TOPOGRAM",
          "TOPOGRAMS",
          "SURVIEW",
          "SCANOGRAM",
          "SCANO");

  private static final Set<String> CAPTURES =
      Set.of(
          "SCREEN",
          "SCREENSHOT",
          "SCREENSAVE",
          "CAPTURE",
          "SNAPSHOT",
          "HARDCOPY",
          "REPORT",
          "DOSE",
          "PROT");

  private static final Set<String> PROJECTIONS =
      Set.of(
          "MIP",
          "MIPS",
          "TMIP",
          "MINIP",
          "MNIP",
          "MAXIP",
          "IP",
          "PROJECTION",
          "MAXIMUM",
          "MINIMUM",
          "VRT",
          "VR",
          "SSD",
          "VOLREN",
          "RENDERED",
          "RENDERING");

  /** Results of a computation whose values are not HU, or are not those of tissue. */
  private static final Set<String> MAPS =
      Set.of(
          "CBF",
          "CBV",
          "RCBF",
          "RCBV",
          "MTT",
          "TTP",
          "TMAX",
          "TTD",
          "TTS",
          "PMB",
          "PERMEABILITY",
          "FLOW",
          "NEUROPCT",
          "VPCT",
          "MAP",
          "MAPS",
          "PARAMETRIC",
          "COLOR",
          "COLOUR",
          "RGB",
          "SUBTRACTION",
          "DEVIATION",
          "MASK",
          "SEGMENTATION",
          "OVERLAY",
          "FUSION",
          "FUSED");

  /** Values of multi-energy CT [PS3.3 C.8.2.1.1.1.3] that are not HU. */
  private static final Set<String> WHOLE_MAPS =
      Set.of("MAT_SPECIFIC", "MAT_FRACTIONAL", "EFF_ATOMIC_NUM", "ELECTRON_DENSITY");

  private static final Set<String> REFORMATS =
      Set.of("CORONAL", "COR", "SAGITTAL", "SAG", "OBLIQUE", "CURVED", "CPR");

  /**
   * Terms of a description that are free of another meaning there. "Low dose" is no dose report.
   */
  private static final Set<String> AMBIGUOUS_IN_DESCRIPTIONS =
      Set.of(
          "SCREEN",
          "CAPTURE",
          "REPORT",
          "DOSE",
          "PROT",
          "IP",
          "MAXIMUM",
          "MINIMUM",
          "VR",
          "FLOW",
          "MASK",
          "COLOR",
          "COLOUR",
          "DEVIATION",
          "OBLIQUE");

  private static final Pattern REPORTS =
      Pattern.compile("\\b(DOSE|PATIENT) ?(REPORT|INFO|PROTOCOL|SUMMARY|RECORD)\\b");

  private static final Pattern COMPUTED =
      Pattern.compile(
          "\\b(BLOOD (FLOW|VOLUME)|TRANSIT TIME|TIME TO (PEAK|DRAIN|START|MAXIMUM))\\b");

  private final Set<String> whole;
  private final Set<String> words;

  private ImageTerms(Set<String> whole, Set<String> words) {
    this.whole = whole;
    this.words = words;
  }

  /** Reads the values of ImageType from the third on. The first two are no terms of an image. */
  static ImageTerms ofType(String imageType) {
    List<String> values = values(imageType);
    Set<String> whole = new HashSet<>(values.subList(Math.min(2, values.size()), values.size()));
    Set<String> words = new HashSet<>();
    whole.forEach(value -> words.addAll(words(value)));
    return new ImageTerms(whole, words);
  }

  /** Reads a description. */
  static ImageTerms ofDescription(String description) {
    String text = description.toUpperCase(Locale.ROOT);
    Set<String> words = new HashSet<>(words(text));
    words.removeAll(AMBIGUOUS_IN_DESCRIPTIONS);
    String spaced = String.join(" ", words(text));
    if (REPORTS.matcher(spaced).find()) {
      words.add("REPORT");
    }
    if (COMPUTED.matcher(spaced).find()) {
      words.add("MAP");
    }
    return new ImageTerms(Set.of(), words);
  }

  /** Returns the values of ImageType in capitals. */
  static List<String> values(String imageType) {
    return Arrays.stream(imageType.toUpperCase(Locale.ROOT).split("\\\\", -1))
        .map(String::strip)
        .toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(SEPARATORS.split(text)).filter(word -> !word.isEmpty()).toList();
  }

  boolean has(String word) {
    return words.contains(word);
  }

  /** Returns the kind that the terms name, except a plane; null if they name none. */
  @Nullable ImageKind kind() {
    if (any(LOCALIZERS)) {
      return ImageKind.LOCALIZER;
    }
    if (any(CAPTURES)) {
      return ImageKind.CAPTURE;
    }
    if (any(MAPS) || whole.stream().anyMatch(WHOLE_MAPS::contains)) {
      return ImageKind.MAP;
    }
    return any(PROJECTIONS) ? ImageKind.PROJECTION : null;
  }

  /** Returns whether the terms name a plane that is not axial. */
  boolean nameAnotherPlane() {
    return any(REFORMATS);
  }

  private boolean any(Set<String> terms) {
    return words.stream().anyMatch(terms::contains);
  }
}
