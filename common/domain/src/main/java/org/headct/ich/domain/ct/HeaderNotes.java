package org.headct.ich.domain.ct;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.headct.ich.domain.ct.SliceAudit.AuditedSlice;
import org.headct.ich.domain.ct.SliceAudit.Note;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.PublicTerms;
import org.jspecify.annotations.Nullable;

/** The notes that a header gives: departures from the standard, and repairs. */
final class HeaderNotes {
  /** Spacings of a scanner, in mm: from a magnified inner ear to a coarse localizer. */
  private static final double MIN_SPACING_MM = 0.01;

  private static final double MAX_SPACING_MM = 100;

  /** HU of brain and blood. A range of padding values that holds one of them hides anatomy. */
  private static final double BRAIN_ABOVE_HU = 0;

  private static final double BRAIN_BELOW_HU = 80;

  private HeaderNotes() {}

  /** Adds the notes about a header and the repairs of its slices. */
  static void add(DicomHeader header, List<AuditedSlice> slices, List<Note> notes) {
    for (Departure departure : Departure.values()) {
      String attributes = header.departures().get(departure);
      if (attributes != null) {
        notes.add(departure(departure, attributes, header));
      }
    }
    if (header.imagePositionMm() == null || header.imageOrientation() == null) {
      notes.add(
          new Note(
              SliceReason.NO_GEOMETRY,
              header.imagePositionMm() == null ? "no position" : "no orientation"));
    }
    String spacing = suspectSpacing(header);
    if (spacing != null) {
      notes.add(new Note(SliceReason.SUSPECT_SPACING, spacing));
    }
    if (hidesBrain(header)) {
      notes.add(
          new Note(
              SliceReason.SUSPECT_HU,
              "the range of padding values from PixelPaddingValue to PixelPaddingRangeLimit holds HU of brain, which became air"));
    }
    Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    slices.forEach(slice -> repairs.addAll(slice.repairs()));
    for (Repair repair : repairs) {
      Note note = repair(repair, header);
      if (note != null) {
        notes.add(note);
      }
    }
  }

  /** Returns the note about HU that no head has. */
  static Note suspectHu(DicomHeader header, String doubt) {
    return new Note(
        SliceReason.SUSPECT_HU,
        "%s; compare slope %s, intercept %s, the byte order and the padding with the scanner's"
            .formatted(doubt, number(header.rescaleSlope()), number(header.rescaleIntercept())));
  }

  private static Note departure(Departure departure, String attributes, DicomHeader header) {
    return switch (departure) {
      case NO_TRANSFER_SYNTAX ->
          new Note(
              SliceReason.REPAIRED_META,
              "no file meta group names the transfer syntax: recognised as "
                  + PublicTerms.uid(header.transferSyntaxUid()));
      case OTHER_VR ->
          new Note(
              SliceReason.REPAIRED_VR,
              "elements do not follow transfer syntax %s: each was read as it is written"
                  .formatted(PublicTerms.uid(header.transferSyntaxUid())));
      case UNKNOWN_VR ->
          new Note(
              SliceReason.REPAIRED_VR,
              "elements have a VR that does not exist or does not fit their length: the elements after them show it");
      case HIGH_BIT ->
          new Note(
              SliceReason.REPAIRED_BITS,
              "HighBit %d does not fit BitsStored %d: values were read from the bits where they lie"
                  .formatted(header.highBit(), header.bitsStored()));
      case FRAME_COUNT ->
          new Note(
              SliceReason.REPAIRED_VALUE,
              "NumberOfFrames is not a positive whole number: 1 was taken");
      case DECIMAL_COMMA ->
          new Note(
              SliceReason.REPAIRED_VALUE, "a decimal comma was read as a point: " + attributes);
      case UNUSABLE_NUMBER ->
          new Note(
              SliceReason.UNUSABLE_VALUE, "not a usable number, counts as absent: " + attributes);
    };
  }

  private static @Nullable Note repair(Repair repair, DicomHeader header) {
    return switch (repair) {
      case ABSENT_RESCALE -> new Note(SliceReason.NO_RESCALE, absentRescale(header));
      case RSNA_WRAP ->
          new Note(
              SliceReason.SUSPECT_RESCALE,
              "12 bits unsigned %s: the wrap was undone"
                  .formatted(
                      header.rescaleIntercept() == null
                          ? "without intercept"
                          : "with intercept " + number(header.rescaleIntercept())));
      case UNDECLARED_PADDING ->
          new Note(
              SliceReason.REPAIRED_PADDING, "stored -2000 without a padding value: treated as air");
      case SQUARE_PIXELS ->
          new Note(
              SliceReason.REPAIRED_SPACING,
              String.format(
                  Locale.ROOT,
                  "pixels are %.4g times as high as wide: tensors are made of square pixels",
                  PixelShape.of(header).ratio()));
      // A departure has a note of its own, and a declared range is no defect.
      case STORED_BITS, PADDING_RANGE -> null;
    };
  }

  private static String absentRescale(DicomHeader header) {
    String slope = header.rescaleSlope() == null ? "no slope: 1 was taken" : "";
    String intercept = "no intercept: 0 was taken";
    if (header.rescaleIntercept() != null) {
      intercept = "the intercept is " + number(header.rescaleIntercept());
    } else if (RescaleRule.isWrapped(header)) {
      intercept = "no intercept: undoing the wrap needs none";
    }
    return slope.isEmpty() ? intercept : slope + "; " + intercept;
  }

  private static @Nullable String suspectSpacing(DicomHeader header) {
    double[] spacing = header.pixelSpacingMm();
    double[] aspect = header.pixelAspectRatio();
    if (spacing == null && aspect == null) {
      return "no usable PixelSpacing: pixels count as square";
    }
    if (!PixelShape.isCredible(PixelShape.declared(header))) {
      return "pixels more than 10 times as long as wide are not believed: they count as square";
    }
    if (spacing == null) {
      return "no usable PixelSpacing: PixelAspectRatio was taken";
    }
    if (Math.min(spacing[0], spacing[1]) < MIN_SPACING_MM
        || Math.max(spacing[0], spacing[1]) > MAX_SPACING_MM) {
      return "PixelSpacing is not within 0.01 and 100 mm: only its ratio was used";
    }
    // Aspect ratios are whole numbers, so they are rarely exact.
    return aspect == null
            || Math.abs(PixelShape.ratio(aspect) / PixelShape.ratio(spacing) - 1) < 0.01
        ? null
        : "PixelSpacing and PixelAspectRatio contradict each other: PixelSpacing was taken";
  }

  private static boolean hidesBrain(DicomHeader header) {
    RescaleRule rule = RescaleRule.of(header, header.signed());
    Integer first = rule.padding();
    if (first == null || rule.paddingSpan() == 0 || rule.wrapped()) {
      return false;
    }
    double one = first * rule.slope() + rule.intercept();
    double other = (first + rule.paddingSpan()) * rule.slope() + rule.intercept();
    return Math.min(one, other) < BRAIN_BELOW_HU && Math.max(one, other) > BRAIN_ABOVE_HU;
  }

  /** Returns a number without needless decimals, or "none". */
  private static String number(@Nullable Double value) {
    if (value == null) {
      return "none";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString(value.longValue())
        : value.toString();
  }
}
