package org.headct.ich.jobs.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.phantom.Defect;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.domain.phantom.PhantomFile;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.domain.phantom.PhantomSlice;
import org.jspecify.annotations.Nullable;

/** Content of a phantom dump by its generator's own data. The pipeline is not involved. */
public final class PhantomTruth {
  private static final Set<Defect> UNREADABLE =
      EnumSet.of(
          Defect.TRUNCATED,
          Defect.SHORT_PIXEL_DATA,
          Defect.NOT_DICOM,
          Defect.NOT_CT,
          Defect.UNSUPPORTED_SYNTAX,
          Defect.MISSING_SLICE);
  private static final Set<Defect> UNLABELLED =
      EnumSet.of(
          Defect.UNANNOTATED,
          Defect.MISSING_SLICE,
          Defect.CONFLICTING_LABEL,
          Defect.BLANK_LABEL,
          Defect.MALFORMED_LABEL,
          Defect.ANY_MISMATCH);

  private final List<Image> images = new ArrayList<>();
  private final Map<String, Set<Subtype>> labels = new TreeMap<>();
  private final Map<Defect, PhantomSlice> sites = new TreeMap<>();
  private int files;

  /**
   * Readable image.
   *
   * @param place the position along the series in slice distances, or NaN if it has no place in the
   *     order
   */
  public record Image(
      String imageId, String patientId, String seriesId, double place, PhantomSlice slice) {
    /** Returns HU as the scanner meant them. Padding is air. */
    public HuImage hu() {
      StoredPixels stored = slice.pixels();
      Defect defect = slice.defect();
      boolean clamped = defect == Defect.NO_RESCALE || defect == Defect.RSNA_WRAP;
      float[] hu = new float[stored.values().length];
      for (int i = 0; i < hu.length; i++) {
        int value = stored.at(i) == -2000 ? -1000 : stored.at(i) - 1024;
        hu[i] = clamped ? Math.max(-1000, Math.min(3095, value)) : value;
      }
      return new HuImage(stored.rows(), stored.columns(), hu);
    }
  }

  public PhantomTruth(PhantomSettings settings) {
    PhantomDump dump = new PhantomDump(settings);
    for (int p = 0; p < settings.patients(); p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        add(dump.patient(p).patientId(), dump.patient(p).seriesId(), slice, settings.slices());
      }
    }
  }

  private void add(String patient, String series, PhantomSlice slice, int slices) {
    Defect defect = slice.defect();
    List<PhantomFile> written = slice.files();
    files += written.size();
    if (defect != null) {
      sites.put(defect, slice);
    }
    if (defect == null || !UNREADABLE.contains(defect)) {
      double place =
          defect == Defect.MISSING_GEOMETRY
              ? Double.NaN
              : defect == Defect.TIED_POSITION ? slice.position() - 1 : slice.position();
      images.add(new Image(slice.imageId(), patient, series, place, slice));
    }
    if (defect == null || !UNLABELLED.contains(defect)) {
      labels.put(slice.imageId(), slice.labels());
    }
    String extra = extraId(slice);
    if (defect == Defect.DUPLICATE_PIXELS) {
      images.add(new Image(extra, patient, series, slices, slice));
      labels.put(extra, slice.labels());
    } else if (defect == Defect.LOCALIZER) {
      images.add(new Image(extra, patient, series, Double.NaN, slice));
      labels.put(extra, Set.of());
    } else if (defect == Defect.ORPHAN_LABEL) {
      labels.put(extra, Set.of());
    }
  }

  /** Returns the second image id that a defect adds to the dump, or an empty string. */
  public static String extraId(PhantomSlice slice) {
    Defect defect = slice.defect();
    if (defect == Defect.ORPHAN_LABEL) {
      String row = slice.labelLines().get(Subtype.ALL.size());
      return row.substring(0, row.lastIndexOf('_'));
    }
    if (defect == Defect.DUPLICATE_PIXELS || defect == Defect.LOCALIZER) {
      String path = slice.files().get(1).path();
      return path.substring(path.lastIndexOf('/') + 1, path.length() - ".dcm".length());
    }
    return "";
  }

  /** Returns the number of files in the dump without the label file. */
  public int files() {
    return files;
  }

  /** Returns the slice with the defect. */
  public PhantomSlice site(Defect defect) {
    PhantomSlice slice = sites.get(defect);
    if (slice == null) {
      throw new IllegalStateException("no slice has defect " + defect);
    }
    return slice;
  }

  /** Returns every readable image. */
  public List<Image> images() {
    return List.copyOf(images);
  }

  /** Returns the labels of every image that the label file describes without errors. */
  public Map<String, Set<Subtype>> labels() {
    return labels;
  }

  /** Returns the images of each series that have a place in it, in order. */
  public Map<String, List<Image>> series() {
    Map<String, List<Image>> series = new TreeMap<>();
    images.stream()
        .filter(image -> !Double.isNaN(image.place()))
        .sorted(Comparator.comparingDouble(Image::place).thenComparing(Image::imageId))
        .forEach(i -> series.computeIfAbsent(i.seriesId(), id -> new ArrayList<>()).add(i));
    return series;
  }

  /** Returns the image with that id. */
  public @Nullable Image image(String imageId) {
    return images.stream().filter(i -> i.imageId().equals(imageId)).findFirst().orElse(null);
  }
}
