package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.ct.SliceAudit.AuditedSlice;
import org.headct.ich.domain.ct.SliceAudit.Note;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.domain.phantom.PhantomSlice;
import org.junit.jupiter.api.Test;

/** The texts that people read about a header that departs from the standard. */
class HeaderNotesTest {
  private static List<Note> notesOf(DicomHeader header) {
    AuditedSlice slice =
        new AuditedSlice("x", 0, header, null, List.copyOf(Rescale.foreseen(header)));
    List<Note> notes = new ArrayList<>();
    HeaderNotes.add(header, List.of(slice), notes);
    return notes;
  }

  private static DicomHeaderBuilder frame() {
    return DicomHeader.builder()
        .modality("CT")
        .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
        .rows(1)
        .columns(2)
        .bitsAllocated(16)
        .bitsStored(16)
        .highBit(15)
        .rescaleSlope(1.0)
        .rescaleIntercept(0.0)
        .imagePositionMm(new double[] {0, 0, 0})
        .imageOrientation(new double[] {1, 0, 0, 0, 1, 0})
        .pixelSpacingMm(new double[] {0.5, 0.5});
  }

  @Test
  void anAbsentRescaleIsSaidAsItIs() {
    assertThat(notesOf(frame().rescaleSlope(null).rescaleIntercept(-1024.0).build()))
        .containsExactly(
            new Note(SliceReason.NO_RESCALE, "no slope: 1 was taken; the intercept is -1024"));
    assertThat(notesOf(frame().rescaleSlope(null).rescaleIntercept(null).build()))
        .containsExactly(
            new Note(SliceReason.NO_RESCALE, "no slope: 1 was taken; no intercept: 0 was taken"));
    assertThat(notesOf(frame().rescaleIntercept(null).build()))
        .containsExactly(new Note(SliceReason.NO_RESCALE, "no intercept: 0 was taken"));
    assertThat(notesOf(frame().bitsStored(12).rescaleIntercept(null).build()))
        .containsExactly(
            new Note(
                SliceReason.SUSPECT_RESCALE,
                "12 bits unsigned without intercept: the wrap was undone"),
            new Note(SliceReason.NO_RESCALE, "no intercept: undoing the wrap needs none"));
    assertThat(notesOf(frame().bitsStored(12).build()))
        .containsExactly(
            new Note(
                SliceReason.SUSPECT_RESCALE,
                "12 bits unsigned with intercept 0: the wrap was undone"));
  }

  @Test
  void spacingsAreNoted() {
    assertThat(
            notesOf(frame().rows(512).columns(512).pixelSpacingMm(new double[] {0.4, 0.6}).build()))
        .containsExactly(
            new Note(
                SliceReason.REPAIRED_SPACING,
                "pixels are 0.6667 times as high as wide: tensors are made of square pixels"));
    assertThat(notesOf(frame().pixelSpacingMm(null).pixelAspectRatio(new double[] {1, 1}).build()))
        .extracting(Note::detail)
        .containsExactly("no usable PixelSpacing: PixelAspectRatio was taken");
    for (double[] spacing :
        new double[][] {{100, 1}, {1e-300, 1e300}, {1e-300, 1e-300}, {200, 200}}) {
      assertThat(notesOf(frame().pixelSpacingMm(spacing).build()))
          .extracting(Note::reason)
          .containsExactly(SliceReason.SUSPECT_SPACING);
    }
    assertThat(notesOf(frame().pixelAspectRatio(new double[] {2, 1}).build()))
        .extracting(Note::detail)
        .containsExactly(
            "PixelSpacing and PixelAspectRatio contradict each other: PixelSpacing was taken");
  }

  @Test
  void oddNumbersAndBitsAreNoted() {
    assertThat(
            notesOf(
                frame()
                    .highBit(15)
                    .bitsStored(12)
                    .signed(true)
                    .departures(
                        Map.of(
                            Departure.HIGH_BIT, "",
                            Departure.UNKNOWN_VR, "",
                            Departure.FRAME_COUNT, "",
                            Departure.DECIMAL_COMMA, "SliceThickness, PixelSpacing",
                            Departure.UNUSABLE_NUMBER, "WindowWidth"))
                    .build()))
        .containsExactly(
            new Note(
                SliceReason.REPAIRED_VR,
                "elements have a VR that does not exist or does not fit their length: the elements after them show it"),
            new Note(
                SliceReason.REPAIRED_BITS,
                "HighBit 15 does not fit BitsStored 12: values were read from the bits where they lie"),
            new Note(
                SliceReason.REPAIRED_VALUE,
                "NumberOfFrames is not a positive whole number: 1 was taken"),
            new Note(
                SliceReason.REPAIRED_VALUE,
                "a decimal comma was read as a point: SliceThickness, PixelSpacing"),
            new Note(
                SliceReason.UNUSABLE_VALUE, "not a usable number, counts as absent: WindowWidth"));
  }

  @Test
  void aRangeOfPaddingThatHoldsBrainIsNoted() {
    DicomHeaderBuilder header =
        frame().rescaleIntercept(-1024.0).signed(true).pixelPaddingValue(-2000);
    assertThat(notesOf(header.pixelPaddingRangeLimit(-1500).build())).isEmpty();
    assertThat(notesOf(header.pixelPaddingRangeLimit(4095).build()))
        .extracting(Note::reason)
        .containsExactly(SliceReason.SUSPECT_HU);
  }

  /** Checks the whole way: a file whose intercept counts twice, as a reader of files sees it. */
  @Test
  void huThatNoHeadHasAreNoted() {
    PhantomSlice slice =
        new PhantomDump(PhantomSettings.of(8, 3).withSize(64).withSlices(9)).patient(2).slice(4);
    SliceAudit audit = new SliceAudit(new BuiltinDicomReader(), new Pseudonyms(""));
    DicomHeaderBuilder header =
        frame()
            .transferSyntaxUid("1.2.840.10008.1.2.1")
            .sopInstanceUid("1.2.3")
            .patientId("P")
            .studyInstanceUid("1.2")
            .seriesInstanceUid("1.2.1")
            .rows(slice.pixels().rows())
            .columns(slice.pixels().columns())
            .signed(slice.pixels().signed())
            .pixelSpacingMm(new double[] {4, 4});
    byte[] sound = DicomWriter.write(header.rescaleIntercept(-1024.0).build(), slice.pixels());
    byte[] twice = DicomWriter.write(header.rescaleIntercept(-2048.0).build(), slice.pixels());

    assertThat(audit.audit(sound, "x").notes())
        .allMatch(note -> note.reason() == SliceReason.REPAIRED_PADDING);
    Note suspect = audit.audit(twice, "x").notes().get(0);
    assertThat(suspect.reason()).isEqualTo(SliceReason.SUSPECT_HU);
    assertThat(suspect.detail())
        .matches(
            "\\d+ % of the pixels are below -1200 HU, less than air; compare slope 1, intercept -2048, the byte order and the padding with the scanner's");
  }
}
