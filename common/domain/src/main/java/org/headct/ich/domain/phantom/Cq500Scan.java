package org.headct.ich.domain.phantom;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.dicom.codec.JpegLosslessEncoder;
import org.headct.ich.domain.label.ScanFinding;
import org.headct.ich.domain.label.Subtype;

/**
 * A phantom patient as a scan of CQ500. The series {@code CT Plain} has the number of slices in the
 * settings. The series {@code CT Thin Plain} covers the same length of the head with twice as many
 * slices, half as thick. Three readers vote. One of them may err in one finding, so the majority is
 * always the truth.
 */
final class Cq500Scan implements PhantomPart {
  static final int READERS = 3;

  /** The probability that one reader errs in one finding of a scan. */
  private static final double DISSENT = 0.3;

  private static final int DISSENT_STREAM = 5;
  private static final int UID_STREAM = 6;
  private static final List<Subtype> FIVE = Subtype.FIVE;

  private final PhantomSettings settings;
  private final int index;
  private final List<Series> series;

  /** A series and its folder. */
  private record Series(String folder, int number, List<PhantomSlice> slices) {}

  Cq500Scan(PhantomSettings settings, DefectPlan plan, RsnaIds ids, int index) {
    this.settings = settings;
    this.index = index;
    PhantomPatient plain = new PhantomPatient(settings, plan, ids, index);
    PhantomPatient thin = new PhantomPatient(settings.halved(), plan, ids, index);
    series =
        List.of(
            new Series("CT Plain", 0, plain.slices()),
            new Series("CT Thin Plain", 1, thin.slices()));
  }

  private String name() {
    return "CQ500-CT-" + index;
  }

  @Override
  public Iterator<PhantomFile> files() {
    return series.stream()
        .flatMap(
            one ->
                IntStream.range(0, one.slices().size()).mapToObj(position -> file(one, position)))
        .iterator();
  }

  private PhantomFile file(Series one, int position) {
    PhantomSlice slice = one.slices().get(position);
    PhantomPatient patient = slice.patient();
    SlicePlane plane = patient.plane(position);
    DicomHeader header =
        patient
            .header(uid(one.number(), position + 1), plane)
            .patientId(name())
            .studyInstanceUid(uid(-1, 0))
            .seriesInstanceUid(uid(one.number(), 0))
            .instanceNumber(position + 1)
            .sliceThicknessMm(plane.thicknessMm())
            .transferSyntaxUid(JpegLosslessEncoder.TRANSFER_SYNTAX)
            .build();
    byte[] frame = JpegLosslessEncoder.encode(slice.pixels(), header.bitsStored());
    return new PhantomFile(
        "CQ500CT%d/Unknown Study/%s/CT%06d.dcm".formatted(index, one.folder(), position),
        DicomWriter.writeEncapsulated(header, frame));
  }

  /** Returns a UID derived from a UUID (PS3.5 section B.2). The same seed gives the same UID. */
  private String uid(int number, int slice) {
    RandomDraws draws = RandomDraws.of(settings.seed(), index, UID_STREAM, number, slice);
    byte[] bits = ByteBuffer.allocate(16).putLong(draws.bits()).putLong(draws.bits()).array();
    return "2.25." + new BigInteger(1, bits);
  }

  @Override
  public List<String> labelLines() {
    Set<Subtype> truth = truth();
    RandomDraws draws = RandomDraws.of(settings.seed(), index, DISSENT_STREAM);
    boolean dissents = draws.chance(DISSENT);
    int dissenter = draws.below(READERS);
    Subtype flipped = FIVE.get(draws.below(FIVE.size()));
    List<String> fields = new ArrayList<>(List.of(name(), "B1"));
    for (int reader = 0; reader < READERS; reader++) {
      Set<Subtype> seen = EnumSet.noneOf(Subtype.class);
      seen.addAll(truth);
      if (dissents && reader == dissenter && !seen.remove(flipped)) {
        seen.add(flipped);
      }
      for (ScanFinding finding : ScanFinding.ALL) {
        fields.add(votes(finding, seen) ? "1" : "0");
      }
    }
    return List.of(String.join(",", fields));
  }

  /**
   * Returns whether a reader votes for a finding. Phantoms have no fractures, and readers do not
   * vote on the side.
   */
  private static boolean votes(ScanFinding finding, Set<Subtype> seen) {
    return finding == ScanFinding.ICH
        ? !seen.isEmpty()
        : finding.subtype().filter(seen::contains).isPresent();
  }

  /** Returns the subtypes that are visible in a slice of either series. */
  private Set<Subtype> truth() {
    Set<Subtype> shown = EnumSet.noneOf(Subtype.class);
    Stream<PhantomSlice> slices = series.stream().flatMap(one -> one.slices().stream());
    slices.forEach(slice -> shown.addAll(slice.labels()));
    shown.remove(Subtype.ANY);
    return shown;
  }
}
