package org.headct.ich.domain.label;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question that each reader of CQ500 answered for a scan, in the order of the published file.
 * Source: Chilamkurthy S et al., Lancet 2018, 10.1016/S0140-6736(18)31645-3.
 */
public enum ScanFinding {
  /** Any intracranial haemorrhage. */
  ICH("ICH", "any"),
  /** Intraparenchymal haemorrhage. */
  IPH("IPH", "intraparenchymal"),
  /** Intraventricular haemorrhage. */
  IVH("IVH", "intraventricular"),
  /** Subdural haematoma. */
  SDH("SDH", "subdural"),
  /** Epidural haematoma (extradural in the paper). */
  EDH("EDH", "epidural"),
  /** Subarachnoid haemorrhage. */
  SAH("SAH", "subarachnoid"),
  /** Bleeding on the left. */
  BLEED_LOCATION_LEFT("BleedLocation-Left", "bleed_location_left"),
  /** Bleeding on the right. */
  BLEED_LOCATION_RIGHT("BleedLocation-Right", "bleed_location_right"),
  /** A chronic bleed. */
  CHRONIC_BLEED("ChronicBleed", "chronic_bleed"),
  /** A fracture of any kind. */
  FRACTURE("Fracture", "fracture"),
  /** A fracture of the calvaria. */
  CALVARIAL_FRACTURE("CalvarialFracture", "calvarial_fracture"),
  /** A fracture elsewhere. */
  OTHER_FRACTURE("OtherFracture", "other_fracture"),
  /** Mass effect. */
  MASS_EFFECT("MassEffect", "mass_effect"),
  /** Midline shift. */
  MIDLINE_SHIFT("MidlineShift", "midline_shift");

  /** The fourteen findings, in the order of the file. */
  public static final List<ScanFinding> ALL = List.of(values());

  /** The six that are labels of images; {@link #ICH} is {@code any}. */
  public static final List<ScanFinding> HAEMORRHAGE =
      ALL.stream().filter(f -> f.subtype().isPresent()).toList();

  /** The other eight, in the order of the file. */
  public static final List<ScanFinding> OTHERS =
      ALL.stream().filter(f -> f.subtype().isEmpty()).toList();

  private final String published;
  private final String column;

  ScanFinding(String published, String column) {
    this.published = published;
    this.column = column;
  }

  /**
   * Returns the name after {@code R1:} in the published file, for example {@code
   * BleedLocation-Left}.
   */
  public String published() {
    return published;
  }

  /** Returns the tables' column: the subtype's for a haemorrhage, else the name in snake case. */
  public String column() {
    return column;
  }

  /** Returns the class that this finding labels; empty for the eight that label none. */
  public Optional<Subtype> subtype() {
    return Optional.ofNullable(Subtype.findColumn(column));
  }

  /** Returns the finding that labels a class. */
  public static ScanFinding of(Subtype subtype) {
    return HAEMORRHAGE.stream()
        .filter(f -> f.column.equals(subtype.column()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no finding stands for " + subtype));
  }

  /** Finds a finding by its published name in lower case without hyphens. */
  static Optional<ScanFinding> named(String plain) {
    return Arrays.stream(values())
        .filter(f -> f.published.toLowerCase(Locale.ROOT).replace("-", "").equals(plain))
        .findFirst();
  }
}
