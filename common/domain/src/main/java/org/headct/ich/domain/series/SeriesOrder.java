package org.headct.ich.domain.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Orders the slices of one series along the normal of their planes [PS3.3 C.7.6.2.1.1]; {@link
 * SliceGeometry} defines the direction. The result does not depend on the order of the input.
 *
 * <ol>
 *   <li>Images of kinds that are not wanted are left out: with one finding each, or with one for
 *       the series if nothing else is in it.
 *   <li>The main orientation is the one of most slices. Slices more than 5° off it are left out,
 *       with one finding each.
 *   <li>Slices without usable geometry are left out, with one finding each. If they are more than
 *       half of the series, or all slices lie at one position, another attribute orders the series:
 *       {@link AttributeOrder}. Where none does, the whole series is left out.
 *   <li>All positions are projections on the main normal. Positions within 0.01 mm of their
 *       neighbour are a tie. InstanceNumber decides ties (absent comes last), then the frame, then
 *       the image id. {@link Spacing} finds ties and gaps.
 * </ol>
 */
public final class SeriesOrder {
  /** The number of slices below which a series is a finding: the thesis takes 5 middle slices. */
  public static final int SHORT_SERIES_BELOW = 5;

  /** The images that are read unless someone asks for others. */
  public static final Set<ImageKind> READ = Set.of(ImageKind.AXIAL);

  static final Comparator<Slice> BY_NUMBER_THEN_ID =
      Comparator.comparing(Slice::instanceNumber, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Slice::frame)
          .thenComparing(Slice::imageId);

  private SeriesOrder() {}

  /** The reason of a finding; closed list. */
  public enum Reason {
    /** Two slices at one position; the finding names the later one. */
    TIE,
    /** Slices that seem to be missing before this one. */
    GAP,
    /** Fewer slices than required; a finding of the series, without an image id. */
    SHORT_SERIES,
    /** A slice that is not parallel to the series' main orientation, left out. */
    OTHER_ORIENTATION,
    /** An image of a kind that is not wanted, left out; the whole series if no image is named. */
    NOT_AXIAL,
    /** A slice without position or orientation, left out; the whole series if no image is named. */
    NO_GEOMETRY,
    /** A series that nothing orders, left out; a finding of the series. */
    NO_ORDER,
    /** A series without geometry whose other attributes contradict each other. */
    ORDER_CONFLICT
  }

  /**
   * The attributes of a slice that decide its place.
   *
   * @param imageId image id, unique in the series
   * @param frame number of the frame in its object, from 0
   * @param instanceNumber InstanceNumber, or null if absent
   * @param imagePositionMm ImagePositionPatient, 3 values in mm, or null
   * @param imageOrientation ImageOrientationPatient, 6 direction cosines, or null
   * @param sliceLocationMm SliceLocation in mm, or null
   * @param kind kind of the image
   */
  @SuppressWarnings("ArrayRecordComponent") // the header's vectors, which nobody changes
  public record Slice(
      String imageId,
      int frame,
      @Nullable Integer instanceNumber,
      double @Nullable [] imagePositionMm,
      double @Nullable [] imageOrientation,
      @Nullable Double sliceLocationMm,
      ImageKind kind) {

    /** Creates a slice of an object with one frame, whose kind only its plane tells. */
    public Slice(
        String imageId,
        @Nullable Integer instanceNumber,
        double @Nullable [] imagePositionMm,
        double @Nullable [] imageOrientation) {
      this(
          imageId,
          0,
          instanceNumber,
          imagePositionMm,
          imageOrientation,
          null,
          ImageKind.ofPlane(imageOrientation));
    }
  }

  /** A finding; {@code imageId} is empty if the finding is about the series. */
  public record Finding(Reason reason, String imageId, String detail) {}

  /** A slice without a place in the order. */
  public record LeftOut(Slice slice, Reason reason, String detail) {}

  /**
   * The series in order, with findings.
   *
   * @param slices slices in order
   * @param leftOut all other slices of the input
   * @param findings findings: first left-out slices, then ties and gaps by position
   */
  public record Ordered(List<Slice> slices, List<LeftOut> leftOut, List<Finding> findings) {
    public Ordered {
      slices = List.copyOf(slices);
      leftOut = List.copyOf(leftOut);
      findings = List.copyOf(findings);
    }
  }

  /** Orders the axial slices; fewer than {@link #SHORT_SERIES_BELOW} are a finding. */
  public static Ordered order(List<Slice> series) {
    return order(series, SHORT_SERIES_BELOW);
  }

  /** Orders the axial slices of one series. */
  public static Ordered order(List<Slice> series, int shortBelow) {
    return order(series, shortBelow, READ);
  }

  /**
   * Orders one series.
   *
   * @param shortBelow number of ordered slices below which the series is a finding
   * @param kinds kinds of images that get a place in the order
   */
  public static Ordered order(List<Slice> series, int shortBelow, Set<ImageKind> kinds) {
    OrderLedger ledger = new OrderLedger();
    List<Slice> input = new ArrayList<>(series);
    input.sort(Comparator.comparing(Slice::imageId).thenComparing(BY_NUMBER_THEN_ID));
    List<Slice> wanted = input.stream().filter(slice -> kinds.contains(slice.kind())).toList();
    List<Slice> others = input.stream().filter(slice -> !kinds.contains(slice.kind())).toList();
    if (wanted.isEmpty() && !others.isEmpty()) {
      ledger.leaveOutAll(others, Reason.NOT_AXIAL, kindsOf(others));
      return ledger.ordered(List.of());
    }
    List<Slice> slices = placed(wanted, others, ledger);
    if (slices.isEmpty() && !wanted.isEmpty()) {
      return ledger.ordered(slices);
    }
    if (slices.size() < shortBelow) {
      ledger.note(
          Reason.SHORT_SERIES,
          "",
          format("%d slices, at least %d needed", slices.size(), shortBelow));
    }
    return ledger.ordered(slices);
  }

  private static List<Slice> placed(List<Slice> wanted, List<Slice> others, OrderLedger ledger) {
    List<Slice> unplaced = new ArrayList<>();
    List<Slice> plain = new ArrayList<>();
    for (Slice slice : wanted) {
      (NormalOrder.geometry(slice) == null ? unplaced : plain).add(slice);
    }
    NormalOrder along = new NormalOrder(plain);
    if (unplaced.size() > plain.size() || along.isOnePlace()) {
      leaveOutKinds(others, null, ledger);
      String lack =
          unplaced.size() > plain.size()
              ? format("%d of %d slices lack geometry", unplaced.size(), wanted.size())
              : format("%d slices lie at one position", plain.size());
      return new AttributeOrder(wanted, lack).place(ledger);
    }
    leaveOutKinds(others, along.main(), ledger);
    for (Slice slice : unplaced) {
      ledger.leaveOut(slice, Reason.NO_GEOMETRY, "no usable position or orientation");
    }
    return along.place(ledger);
  }

  private static void leaveOutKinds(
      List<Slice> others, @Nullable SliceGeometry main, OrderLedger ledger) {
    for (Slice slice : others) {
      SliceGeometry own = NormalOrder.geometry(slice);
      if (slice.kind() == ImageKind.REFORMAT && own != null && main != null) {
        ledger.leaveOut(slice, Reason.OTHER_ORIENTATION, NormalOrder.angle(main, own));
      } else {
        ledger.leaveOut(slice, Reason.NOT_AXIAL, "a " + slice.kind().text());
      }
    }
  }

  /** Returns a text such as {@code left out by select.kinds: 40 of kind reformat}. */
  private static String kindsOf(List<Slice> slices) {
    Map<ImageKind, Integer> counts = new EnumMap<>(ImageKind.class);
    slices.forEach(slice -> counts.merge(slice.kind(), 1, Integer::sum));
    return "left out by select.kinds: "
        + counts.entrySet().stream()
            .map(e -> format("%d of kind %s", e.getValue(), e.getKey().column()))
            .collect(Collectors.joining(", "));
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
