package org.headct.ich.domain.phantom;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.headct.ich.domain.error.UserException;

/**
 * The settings of a phantom dump. The same settings give the same bytes on every machine.
 *
 * @param patients number of patients, 1 to 1,000,000; each has one study of one series
 * @param slices number of slices per series, 1 to 512
 * @param size rows and columns, 32 to 1024; the field of view is constant, so a small size shows
 *     the same head coarsely
 * @param prevalence share of patients who bleed, 0 to 1
 * @param seed seed of all random draws
 * @param defects the defects to inject; each appears once, and once more for each 2,000 slices
 * @param sliceThicknessMm thickness along the normal, above 0 to 20; thicker slices blur more
 * @param sliceSpacingMm distance between slices along the normal, above 0 to 20
 * @param layout layout of the dump; that of CQ500 allows no defects and at most 256 slices, because
 *     its second series has twice as many
 */
public record PhantomSettings(
    int patients,
    int slices,
    int size,
    double prevalence,
    long seed,
    Set<Defect> defects,
    double sliceThicknessMm,
    double sliceSpacingMm,
    PhantomLayout layout)
    implements Serializable {

  public PhantomSettings {
    require(patients >= 1 && patients <= 1_000_000, "patients", "1 to 1000000", patients);
    require(slices >= 1 && slices <= 512, "slices", "1 to 512", slices);
    require(size >= 32 && size <= 1024, "size", "32 to 1024", size);
    require(prevalence >= 0 && prevalence <= 1, "prevalence", "0 to 1", prevalence);
    require(
        sliceThicknessMm > 0 && sliceThicknessMm <= 20,
        "slice thickness in mm",
        "above 0 to 20",
        sliceThicknessMm);
    require(
        sliceSpacingMm > 0 && sliceSpacingMm <= 20,
        "slice spacing in mm",
        "above 0 to 20",
        sliceSpacingMm);
    EnumSet<Defect> copy = EnumSet.noneOf(Defect.class);
    copy.addAll(defects);
    defects = Collections.unmodifiableSet(copy);
    require(
        defects.size() <= (long) patients * slices,
        "defects",
        "at most one per slice",
        defects.size());
    if (layout == PhantomLayout.CQ500) {
      require(defects.isEmpty(), "defects", "none in CQ500's layout", defects);
      require(slices <= 256, "slices", "1 to 256 in CQ500's layout", slices);
    }
  }

  /**
   * Returns settings without defects: 34 slices of 512x512, 5 mm, half of the patients bleeding.
   */
  public static PhantomSettings of(int patients, long seed) {
    return new PhantomSettings(patients, 34, 512, 0.5, seed, Set.of(), 5, 5, PhantomLayout.RSNA);
  }

  public PhantomSettings withSlices(int count) {
    return new PhantomSettings(
        patients, count, size, prevalence, seed, defects, sliceThicknessMm, sliceSpacingMm, layout);
  }

  public PhantomSettings withSize(int rowsAndColumns) {
    return new PhantomSettings(
        patients,
        slices,
        rowsAndColumns,
        prevalence,
        seed,
        defects,
        sliceThicknessMm,
        sliceSpacingMm,
        layout);
  }

  public PhantomSettings withPrevalence(double share) {
    return new PhantomSettings(
        patients, slices, size, share, seed, defects, sliceThicknessMm, sliceSpacingMm, layout);
  }

  public PhantomSettings withDefects(Set<Defect> chosen) {
    return new PhantomSettings(
        patients, slices, size, prevalence, seed, chosen, sliceThicknessMm, sliceSpacingMm, layout);
  }

  public PhantomSettings withLayout(PhantomLayout chosen) {
    return new PhantomSettings(
        patients,
        slices,
        size,
        prevalence,
        seed,
        defects,
        sliceThicknessMm,
        sliceSpacingMm,
        chosen);
  }

  /** Returns settings for the same length of the head in twice as many slices, half as thick. */
  PhantomSettings halved() {
    return new PhantomSettings(
        patients,
        2 * slices,
        size,
        prevalence,
        seed,
        defects,
        sliceThicknessMm / 2,
        sliceSpacingMm / 2,
        PhantomLayout.RSNA);
  }

  private static void require(boolean holds, String what, String range, Object value) {
    if (!holds) {
      throw new UserException("phantom " + what + " must be " + range + ", got " + value);
    }
  }
}
