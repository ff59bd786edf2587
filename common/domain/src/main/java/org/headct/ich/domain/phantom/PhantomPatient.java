package org.headct.ich.domain.phantom;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.builtin.DicomWriter;

/**
 * One patient with one study of one series. The seed and the index alone determine the patient:
 * skull, folds, ventricles, bleeds, pose, scanner and noise level. So any machine can make any
 * patient, and a patient's slices resemble each other as real ones do.
 */
public final class PhantomPatient {
  /** The distance from the third ventricle up to the middle of a series. */
  private static final double CENTRE_MM = 8;

  private final PhantomSettings settings;
  private final DefectPlan plan;
  private final RsnaIds ids;
  private final int index;
  private final Scanner scanner;
  private final HeadModel head;
  private final Pose pose;
  private final HeadRest rest;
  private final double tilt;
  private final double fieldOfViewMm;
  private final double centreZ;
  private final double noiseHu;
  private final double corticalHu;
  private final double diploeHu;
  private final boolean bleeding;

  PhantomPatient(PhantomSettings settings, DefectPlan plan, RsnaIds ids, int index) {
    this.settings = settings;
    this.plan = plan;
    this.ids = ids;
    this.index = index;
    RandomDraws draws = RandomDraws.of(settings.seed(), index);
    NoiseLattice lattice = new NoiseLattice(RandomDraws.of(settings.seed(), index, 1));
    bleeding = draws.chance(settings.prevalence());
    scanner = Scanner.draw(draws);
    noiseHu = draws.between(2.4, 4.4);
    corticalHu = draws.between(1150, 1550);
    diploeHu = draws.between(450, 850);
    fieldOfViewMm = draws.chance(0.4) ? 250 : draws.between(228, 250);
    tilt = draws.chance(0.6) ? Math.toRadians(draws.between(-8, 22)) : 0;
    HeadShape shape = new HeadShape(draws, lattice);
    List<Haemorrhage> bleeds =
        bleeding
            ? HaemorrhageSampler.draw(RandomDraws.of(settings.seed(), index, 2), shape, lattice)
            : List.of();
    head = HeadFactory.head(draws, shape, lattice, bleeds);
    double turn = 0.07 * draws.normal() + (draws.chance(0.12) ? 0.2 * draws.normal() : 0);
    centreZ = draws.between(60, 190);
    double centreY = draws.between(-8, 8);
    pose =
        Pose.of(
            turn,
            0.05 * draws.normal() - tilt,
            0.035 * draws.normal(),
            draws.between(-6, 6),
            centreY,
            centreZ);
    rest = new HeadRest(draws, scanner, centreY + shape.halfLengthMm() + 13);
  }

  /** Returns the index, 0 to {@link PhantomSettings#patients()} - 1. */
  public int index() {
    return index;
  }

  /** Returns {@code ID_} and 8 hexadecimal digits. */
  public String patientId() {
    return ids.patient(index);
  }

  public String seriesId() {
    return ids.series(index);
  }

  /** Returns whether the patient bleeds. Slices that show too little blood are negative even so. */
  public boolean isBleeding() {
    return bleeding;
  }

  /** Returns the files and label rows in RSNA's layout. */
  PhantomPart part() {
    List<PhantomSlice> slices = slices();
    return new PhantomPart() {
      @Override
      public Iterator<PhantomFile> files() {
        return slices.stream().flatMap(slice -> slice.files().stream()).iterator();
      }

      @Override
      public List<String> labelLines() {
        return slices.stream().flatMap(slice -> slice.labelLines().stream()).toList();
      }
    };
  }

  /**
   * Returns the slices from the lowest to the highest. Each is drawn when its pixels or labels are
   * requested.
   */
  public List<PhantomSlice> slices() {
    return IntStream.range(0, settings.slices()).mapToObj(this::slice).toList();
  }

  /** Returns the slice at a position; 0 is the lowest. */
  public PhantomSlice slice(int position) {
    return new PhantomSlice(this, position);
  }

  PhantomSettings settings() {
    return settings;
  }

  DefectPlan plan() {
    return plan;
  }

  RsnaIds ids() {
    return ids;
  }

  Scanner scanner() {
    return scanner;
  }

  HeadModel head() {
    return head;
  }

  Pose pose() {
    return pose;
  }

  HeadRest rest() {
    return rest;
  }

  double corticalHu() {
    return corticalHu;
  }

  double diploeHu() {
    return diploeHu;
  }

  /**
   * Returns the standard deviation of the noise in one pixel, in HU. Larger pixels collect more
   * photons.
   */
  float noiseHu(int size) {
    return (float) (noiseHu * Math.min(1, Math.sqrt(size / 512.0)));
  }

  /** Returns the plane of a position, which may lie beyond the series. */
  SlicePlane plane(int position) {
    double cos = StrictMath.cos(tilt);
    double sin = StrictMath.sin(tilt);
    double alongTable = settings.sliceSpacingMm() / cos;
    double z = centreZ + CENTRE_MM / cos + (position - (settings.slices() - 1) / 2.0) * alongTable;
    double spacing = rounded(fieldOfViewMm / settings.size());
    double corner = -spacing * (settings.size() - 1) / 2;
    return new SlicePlane(
        new double[] {rounded(corner), rounded(corner * cos), rounded(z - corner * sin)},
        new double[] {1, 0, 0},
        new double[] {0, rounded(cos), rounded(-sin)},
        spacing,
        settings.sliceThicknessMm(),
        settings.size());
  }

  /** Returns a sagittal plane through the middle of the head, seen from the left, feet down. */
  SlicePlane sagittalPlane() {
    SlicePlane axial = plane(settings.slices() / 2);
    double half = axial.spacingMm() * (settings.size() - 1) / 2;
    return new SlicePlane(
        new double[] {0, rounded(-half), rounded(centreZ + half)},
        new double[] {0, 1, 0},
        new double[] {0, 0, -1},
        axial.spacingMm(),
        axial.thicknessMm(),
        axial.size());
  }

  DicomHeaderBuilder header(String imageId, SlicePlane plane) {
    double[] row = plane.row();
    double[] column = plane.column();
    return DicomHeader.builder()
        .implementation(DicomWriter.IMPLEMENTATION_NAME)
        .transferSyntaxUid(scanner.transferSyntaxUid)
        .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
        .sopInstanceUid(imageId)
        .modality("CT")
        .patientId(patientId())
        .studyInstanceUid(ids.study(index))
        .seriesInstanceUid(seriesId())
        .rows(plane.size())
        .columns(plane.size())
        .photometricInterpretation("MONOCHROME2")
        .bitsAllocated(16)
        .bitsStored(scanner.bitsStored)
        .highBit(scanner.bitsStored - 1)
        .signed(scanner.signed)
        .rescaleSlope(1.0)
        .rescaleIntercept((double) Scanner.INTERCEPT_HU)
        .imagePositionMm(plane.positionMm())
        .imageOrientation(new double[] {row[0], row[1], row[2], column[0], column[1], column[2]})
        .pixelSpacingMm(new double[] {plane.spacingMm(), plane.spacingMm()})
        .windowCenters(scanner.windowCenters)
        .windowWidths(scanner.windowWidths);
  }

  /** Rounds as the scanner does, to 6 or 9 decimals. */
  private double rounded(double value) {
    double scale = scanner.decimals == 6 ? 1e6 : 1e9;
    return Math.rint(value * scale) / scale;
  }
}
