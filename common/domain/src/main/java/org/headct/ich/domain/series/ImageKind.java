package org.headct.ich.domain.series;

import java.util.List;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.training.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a CT image. Only axial slices show what the networks learn; the other kinds are made
 * from slices, or lie beside them. Thick axial slices that a workstation averaged are axial slices.
 */
public enum ImageKind {
  /** A slice whose plane is within 45° of the axial plane, or that does not tell its plane. */
  AXIAL("axial slice"),
  /** A coronal, sagittal or steeper oblique slice. */
  REFORMAT("slice of another plane"),
  /** A scout view, by ImageType or description. */
  LOCALIZER("localizer"),
  /** A maximum or minimum intensity projection, or a rendering. */
  PROJECTION("projection"),
  /** An image of computed values, such as cerebral blood flow. */
  MAP("map of computed values"),
  /** A screen shot, a report, or an image whose values cannot be HU. */
  CAPTURE("screen shot");

  /**
   * The angle between an axial slice's normal and the body's axis, in degrees. Gantries tilt by up
   * to 30°. Beyond 45° another standard plane is closer.
   */
  static final double AXIAL_WITHIN_DEGREES = 45;

  private static final SliceGeometry BODY_AXIS = new SliceGeometry(new double[] {0, 0, 1}, 0);

  private static final double[] ORIGIN = {0, 0, 0};

  /** The most stored bits of an image whose range of HU is checked. Scanners store 12 or more. */
  private static final int FEW_BITS = 8;

  /** A value in HU that every image of a head with air around it reaches. */
  private static final double AIR_HU = -500;

  private final String text;

  ImageKind(String text) {
    this.text = text;
  }

  /** Returns the lower-case name that tables and settings hold. */
  public String column() {
    return Keys.of(this);
  }

  /** Returns a text for users. */
  public String text() {
    return text;
  }

  /**
   * Returns the kind of an image by its header: ImageType, SeriesDescription, range of values and
   * orientation. An ORIGINAL image's description does not count, because it may name what was made
   * from the series. An image without all of these is an axial slice, as RSNA's are.
   */
  public static ImageKind of(DicomHeader header) {
    Acquisition acquisition = header.acquisition();
    List<String> type = ImageTerms.values(acquisition.imageType());
    ImageTerms terms = ImageTerms.ofType(acquisition.imageType());
    ImageTerms described = ImageTerms.ofDescription(acquisition.seriesDescription());
    boolean original = type.get(0).equals("ORIGINAL");
    ImageKind named = terms.kind();
    boolean derived = type.get(0).equals("DERIVED");
    if (named == null && derived && (terms.has("PERFUSION") || described.has("PERFUSION"))) {
      named = MAP;
    }
    if (named == null && !original) {
      named = described.kind();
    }
    if (named != null) {
      return named;
    }
    if (isColour(header) || !reachesAir(header)) {
      return CAPTURE;
    }
    if (plane(header.imageOrientation()) != null) {
      return ofPlane(header.imageOrientation());
    }
    if (terms.nameAnotherPlane() || !original && described.nameAnotherPlane()) {
      return REFORMAT;
    }
    // A workstation's image without a plane is most often a page or a picture of its screen.
    boolean secondary = type.size() > 1 && type.get(1).equals("SECONDARY");
    return secondary && !terms.has("AXIAL") ? CAPTURE : AXIAL;
  }

  /**
   * Returns the kind of an image of which only the plane is known: {@link #AXIAL} or {@link
   * #REFORMAT}.
   *
   * @param imageOrientation ImageOrientationPatient, or null
   */
  public static ImageKind ofPlane(double @Nullable [] imageOrientation) {
    SliceGeometry plane = plane(imageOrientation);
    return plane == null || plane.angleDegrees(BODY_AXIS) <= AXIAL_WITHIN_DEGREES
        ? AXIAL
        : REFORMAT;
  }

  private static @Nullable SliceGeometry plane(double @Nullable [] imageOrientation) {
    return SliceGeometry.of(ORIGIN, imageOrientation);
  }

  private static boolean isColour(DicomHeader header) {
    String photometric = header.photometricInterpretation();
    return header.samplesPerPixel() > 1
        || !photometric.isEmpty() && !photometric.startsWith("MONOCHROME");
  }

  /** Returns whether an image of few bits can show air. Grey levels of a screen start at 0 HU. */
  private static boolean reachesAir(DicomHeader header) {
    int bits = header.bitsStored();
    if (bits < 1 || bits > FEW_BITS) {
      return true;
    }
    Double slope = header.rescaleSlope();
    Double intercept = header.rescaleIntercept();
    double least = header.signed() ? -(1 << (bits - 1)) : 0;
    double greatest = least + (1 << bits) - 1;
    double factor = slope == null ? 1 : slope;
    double offset = intercept == null ? 0 : intercept;
    return Math.min(factor * least, factor * greatest) + offset <= AIR_HU;
  }
}
