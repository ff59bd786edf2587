package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.headct.ich.domain.ct.SliceAudit.Audited;
import org.headct.ich.domain.ct.SliceAudit.AuditedSlice;
import org.headct.ich.domain.ct.SliceAudit.Note;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.DicomStart;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.phantom.Defect;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.domain.phantom.PhantomFile;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.domain.phantom.PhantomSlice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The audit of single objects: each planted defect is found under its reason. */
class SliceAuditTest {
  private static final PhantomSettings ALL =
      PhantomSettings.of(8, 3).withSize(64).withSlices(9).withDefects(EnumSet.allOf(Defect.class));

  /** The reasons for rejection by planted defect; defects of the label file reject no object. */
  private static final Map<Defect, SliceReason> REJECTED =
      Map.of(
          Defect.TRUNCATED, SliceReason.TRUNCATED,
          Defect.SHORT_PIXEL_DATA, SliceReason.SHORT_PIXEL_DATA,
          Defect.NOT_DICOM, SliceReason.NOT_DICOM,
          Defect.NOT_CT, SliceReason.NOT_CT,
          Defect.UNSUPPORTED_SYNTAX, SliceReason.UNSUPPORTED_SYNTAX);

  private static final Map<Defect, SliceReason> NOTED =
      Map.of(
          Defect.MISSING_GEOMETRY, SliceReason.NO_GEOMETRY,
          Defect.NO_RESCALE, SliceReason.NO_RESCALE,
          Defect.RSNA_WRAP, SliceReason.SUSPECT_RESCALE,
          Defect.NAME_MISMATCH, SliceReason.NAME_MISMATCH);

  private final SliceAudit audit =
      new SliceAudit(new BuiltinDicomReader(), new Pseudonyms("secret"));

  @Test
  void everyPlantedDefectHasItsReasonAndSoundSlicesHaveNone() {
    PhantomDump dump = new PhantomDump(ALL);
    Set<Defect> seen = new HashSet<>();
    for (int p = 0; p < ALL.patients(); p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        Defect defect = slice.defect();
        for (PhantomFile file : slice.files()) {
          Audited audited = audit.audit(file.bytes(), stem(file));
          Note rejected = audited.rejected();
          assertThat(rejected == null ? null : rejected.reason())
              .as("%s rejected", defect)
              .isEqualTo(defect == null ? null : REJECTED.get(defect));
          SliceReason noted = defect == null ? null : NOTED.get(defect);
          assertThat(reasons(audited, SliceReason.REPAIRED_PADDING))
              .as("%s noted", defect)
              .isEqualTo(noted == null ? List.of() : List.of(noted));
          // The header shows all of this without the pixels.
          Audited start = auditStart(file);
          assertThat(start.rejected()).as("%s", defect).isEqualTo(rejected);
          assertThat(reasons(start, null))
              .as("%s", defect)
              .isEqualTo(reasons(audited, SliceReason.REPAIRED_PADDING));
          if (defect != null) {
            seen.add(defect);
          }
        }
      }
    }
    assertThat(seen).containsAll(REJECTED.keySet()).containsAll(NOTED.keySet());
  }

  private Audited auditStart(PhantomFile file) {
    byte[] bytes = file.bytes();
    byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, 2048));
    return audit.auditStart(start, bytes.length, stem(file)).orElseThrow();
  }

  private static List<SliceReason> reasons(Audited audited, @Nullable SliceReason but) {
    return audited.notes().stream().map(Note::reason).filter(r -> r != but).toList();
  }

  @Test
  void aSoundSliceIsDescribed() {
    PhantomSlice slice = new PhantomDump(ALL.withDefects(Set.of())).patient(2).slice(4);
    StoredPixels pixels = slice.pixels();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    boolean padded = false;
    int brain = 0;
    for (int i = 0; i < pixels.values().length; i++) {
      boolean padding = pixels.at(i) == -2000;
      padded |= padding;
      brain += !padding && pixels.at(i) > 1024 && pixels.at(i) < 1104 ? 1 : 0;
      min = Math.min(min, padding ? -1000 : pixels.at(i) - 1024);
      max = Math.max(max, padding ? -1000 : pixels.at(i) - 1024);
    }

    Audited audited = audit.audit(slice.bytes(), slice.imageId());

    assertThat(audited.patientId()).isEqualTo(slice.header().patientId());
    assertThat(audited.seriesId()).isEqualTo(slice.header().seriesInstanceUid());
    assertThat(audited.studyId()).isEqualTo(slice.header().studyInstanceUid());
    assertThat(audited.slices()).hasSize(1);
    AuditedSlice only = audited.slices().get(0);
    assertThat(only.imageId()).isEqualTo(slice.imageId());
    assertThat(only.frame()).isZero();
    assertThat(content(only).minHu()).isEqualTo(min);
    assertThat(content(only).maxHu()).isEqualTo(max);
    assertThat(content(only).brainShare())
        .isEqualTo((double) brain / pixels.values().length)
        .isBetween(0.1, 0.9);
    assertThat(only.repairs()).isEqualTo(padded ? List.of(Repair.UNDECLARED_PADDING) : List.of());
  }

  @Test
  void theHeaderAloneDescribesAllButTheContent() {
    PhantomSlice slice = new PhantomDump(ALL.withDefects(Set.of())).patient(2).slice(4);
    Audited whole = audit.audit(slice.bytes(), slice.imageId());

    Audited start = auditStart(slice.files().get(0));

    assertThat(start.slices().get(0).content()).isNull();
    assertThat(start)
        .usingRecursiveComparison()
        .ignoringFields("slices.content", "slices.repairs", "notes")
        .isEqualTo(whole);
  }

  @Test
  void tooFewBytesAreNoDefect() {
    PhantomSlice slice = new PhantomDump(ALL.withDefects(Set.of())).patient(2).slice(4);
    byte[] bytes = slice.bytes();

    assertThat(audit.auditStart(Arrays.copyOf(bytes, 300), bytes.length, "x")).isEmpty();
  }

  @Test
  void departuresFromTheStandardAreNoted() {
    byte[] file =
        DicomWriter.write(header("1.2.3.4", "A"), new StoredPixels(4, 4, true, new short[16]));
    byte[] dataSet = Arrays.copyOfRange(file, 132 + metaBytes(file), file.length);

    assertThat(audit.audit(dataSet, "x").notes())
        .containsExactly(
            new Note(
                SliceReason.REPAIRED_META,
                "no file meta group names the transfer syntax: recognised as 1.2.840.10008.1.2.1"));
    assertThat(audit.audit(file, "x").notes()).isEmpty();
  }

  /** Returns the length of the meta group: (0002,0000) counts the bytes after its own twelve. */
  private static int metaBytes(byte[] file) {
    return 12 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
  }

  @Test
  void undeclaredPaddingIsNoted() {
    short[] values = new short[16];
    values[3] = -2000;
    byte[] file = DicomWriter.write(header("1.2.3.4", "A"), new StoredPixels(4, 4, true, values));

    Audited audited = audit.audit(file, "x");

    assertThat(audited.notes())
        .extracting(Note::reason)
        .containsExactly(SliceReason.REPAIRED_PADDING);
    assertThat(audited.slices().get(0).repairs()).containsExactly(Repair.UNDECLARED_PADDING);
    assertThat(content(audited.slices().get(0)).minHu()).isEqualTo(-1000);
  }

  @Test
  void repairsAreRecorded() {
    Map<Defect, List<Repair>> repairs = new HashMap<>();
    PhantomDump dump = new PhantomDump(ALL);
    for (int p = 0; p < ALL.patients(); p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        Defect defect = slice.defect();
        if (defect == Defect.RSNA_WRAP || defect == Defect.NO_RESCALE) {
          PhantomFile file = slice.files().get(0);
          Audited audited = audit.audit(file.bytes(), stem(file));
          repairs.put(defect, audited.slices().get(0).repairs());
          // The phantom wrote clamped HU, so reading must return them.
          assertThat(content(audited.slices().get(0)).minHu()).as("%s", defect).isEqualTo(-1000);
        }
      }
    }
    assertThat(repairs.get(Defect.RSNA_WRAP)).contains(Repair.RSNA_WRAP);
    assertThat(repairs.get(Defect.NO_RESCALE)).containsExactly(Repair.ABSENT_RESCALE);
  }

  @Test
  void equalPixelsHaveEqualHashesWhateverTheHeaderSays() {
    DicomHeader header = header("1.2.3.4", "MEIER^ANNA");
    short[] values = new short[16];
    String hash = hashOf(header, new StoredPixels(4, 4, true, values));

    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(hashOf(header("1.2.3.5", "OTHER"), new StoredPixels(4, 4, true, values.clone())))
        .isEqualTo(hash);
    values[15] = 1;
    assertThat(hashOf(header, new StoredPixels(4, 4, true, values))).isNotEqualTo(hash);
    short[] same = new short[16];
    assertThat(hashOf(header("1.2.3.4", "A", 2, 8), new StoredPixels(2, 8, true, same)))
        .as("another shape")
        .isNotEqualTo(hash);
  }

  private String hashOf(DicomHeader header, StoredPixels pixels) {
    return content(audit.audit(DicomWriter.write(header, pixels), "x").slices().get(0)).pixelHash();
  }

  private static SliceContent content(AuditedSlice slice) {
    return Objects.requireNonNull(slice.content());
  }

  @Test
  void idsAreHashedUnlessTheyArePseudonyms() {
    DicomHeader header = header("1.2.840.99999.7", "MEIER^ANNA");
    byte[] object = DicomWriter.write(header, new StoredPixels(4, 4, true, new short[16]));

    Audited fromHospital = audit.audit(object, "Meier Anna CT");
    Pseudonyms expected = new Pseudonyms("secret");
    assertThat(fromHospital.patientId()).isEqualTo(expected.of("MEIER^ANNA"));
    assertThat(fromHospital.slices().get(0).imageId()).isEqualTo(expected.of("1.2.840.99999.7"));
    assertThat(fromHospital.notes()).isEmpty();

    assertThat(audit.audit(object, "ID_000012eaf").slices().get(0).imageId())
        .as("RSNA's name on a file whose UID is a real one")
        .isEqualTo("ID_000012eaf");
  }

  /** Names such as IM0001 repeat in each folder, so they are no identity. */
  @Test
  void anObjectWithoutUidIsIdentifiedByItsBytes() {
    DicomHeader header = header("", "MEIER^ANNA");
    short[] values = new short[16];
    byte[] first = DicomWriter.write(header, new StoredPixels(4, 4, true, values));
    values[7] = 1;
    byte[] second = DicomWriter.write(header, new StoredPixels(4, 4, true, values));
    String firstId = audit.audit(first, "IM0001").slices().get(0).imageId();

    assertThat(firstId)
        .matches("ID_[0-9a-f]{24}")
        .isNotEqualTo(audit.audit(second, "IM0001").slices().get(0).imageId())
        .isEqualTo(audit.audit(first.clone(), "other name").slices().get(0).imageId());
    assertThat(new SliceAudit(new BuiltinDicomReader(), new Pseudonyms("other")))
        .extracting(other -> other.audit(first, "IM0001").slices().get(0).imageId())
        .as("a pseudonym under the key")
        .isNotEqualTo(firstId);
    byte[] start = Arrays.copyOf(first, first.length - 1);
    assertThat(audit.auditStart(start, first.length, "IM0001")).as("needs all bytes").isEmpty();
    assertThat(audit.auditStart(first, first.length, "IM0001").orElseThrow().slices())
        .extracting(AuditedSlice::imageId)
        .containsExactly(firstId);
    assertThat(audit.auditStart(start, first.length, "ID_000012eaf").orElseThrow().slices())
        .extracting(AuditedSlice::imageId)
        .as("RSNA's name is an identity")
        .containsExactly("ID_000012eaf");
  }

  /** A sound image of another kind need not have what a CT image must have. */
  @Test
  void anImageOfAnotherKindIsNoDamage() {
    StoredPixels pixels = new StoredPixels(4, 4, true, new short[16]);
    byte[] ct = withoutBitsStored(DicomWriter.write(header("1.2.3", "A"), pixels));
    DicomHeader other = builder("1.2.3", "A", 4, 4).modality("RWV").build();

    assertThat(audit.audit(ct, "x").rejected())
        .extracting(Note::reason)
        .isEqualTo(SliceReason.BAD_HEADER);
    byte[] map = withoutBitsStored(DicomWriter.write(other, pixels));
    assertThat(audit.audit(map, "x").rejected())
        .extracting(Note::reason)
        .isEqualTo(SliceReason.NOT_CT);
    assertThat(audit.auditStart(map, map.length, "x").orElseThrow().rejected())
        .extracting(Note::reason)
        .isEqualTo(SliceReason.NOT_CT);
  }

  /** Sets BitsStored (0028,0101) to zero, which no reader accepts. */
  private static byte[] withoutBitsStored(byte[] explicit) {
    byte[] tag = {0x28, 0x00, 0x01, 0x01, 'U', 'S', 2, 0};
    byte[] changed = explicit.clone();
    for (int at = 0; at + tag.length < changed.length; at++) {
      if (Arrays.equals(changed, at, at + tag.length, tag, 0, tag.length)) {
        changed[at + tag.length] = 0;
      }
    }
    return changed;
  }

  /** A reader that always returns one header, and frames of values 0, 0; 1, -1; 2, -2; ... */
  private record FixedReader(DicomHeader header) implements DicomReader {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public DicomHeader header(byte[] object) {
      return header;
    }

    @Override
    public Optional<DicomStart> start(byte[] start, long objectBytes) {
      return Optional.of(new DicomStart(header, null));
    }

    @Override
    public Frames frames(byte[] object, DicomHeader of) {
      return frame -> new StoredPixels(1, 2, true, new short[] {(short) frame, (short) -frame});
    }
  }

  @Test
  void framesAreSlicesOfTheirOwn() {
    DicomHeader header =
        DicomHeader.builder()
            .modality("CT")
            .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
            .sopInstanceUid("ID_000012eaf")
            .rows(1)
            .columns(2)
            .frames(3)
            .bitsAllocated(16)
            .bitsStored(16)
            .highBit(15)
            .signed(true)
            .rescaleSlope(2.0)
            .rescaleIntercept(-10.0)
            .build();
    Audited audited =
        new SliceAudit(new FixedReader(header), new Pseudonyms("")).audit(new byte[0], "x");

    assertThat(audited.slices())
        .extracting(AuditedSlice::imageId)
        .containsExactly("ID_000012eaf", "ID_000012eaf-f1", "ID_000012eaf-f2");
    assertThat(audited.slices()).extracting(AuditedSlice::frame).containsExactly(0, 1, 2);
    assertThat(audited.slices())
        .extracting(slice -> content(slice).maxHu())
        .containsExactly(-10.0, -8.0, -6.0);
    assertThat(audited.slices())
        .extracting(slice -> content(slice).pixelHash())
        .doesNotHaveDuplicates();
    assertThat(audited.notes())
        .extracting(Note::reason)
        .as("without position, spacing and ids")
        .containsExactly(
            SliceReason.NO_GEOMETRY, SliceReason.SUSPECT_SPACING, SliceReason.BLANK_ID);
  }

  /** Checks that a detail is one printable line without the patient's id, for any header. */
  @Test
  void detailsShowNothingOfTheHeaderThatIsNotPlain() {
    DicomHeader mr =
        DicomHeader.builder()
            .modality("M\nR\u001b[31m")
            .sopClassUid("9".repeat(500))
            .patientId("MEIER^ANNA")
            .rows(1)
            .columns(2)
            .build();

    Note rejected =
        new SliceAudit(new FixedReader(mr), new Pseudonyms("")).audit(new byte[0], "x").rejected();

    assertThat(rejected).isNotNull();
    if (rejected != null) {
      assertThat(rejected.reason()).isEqualTo(SliceReason.NOT_CT);
      assertThat(rejected.detail()).matches("[ -~]{1,200}").doesNotContain("MEIER");
    }
  }

  private static DicomHeader header(String uid, String patientId) {
    return header(uid, patientId, 4, 4);
  }

  private static DicomHeader header(String uid, String patientId, int rows, int columns) {
    return builder(uid, patientId, rows, columns).build();
  }

  private static DicomHeaderBuilder builder(String uid, String patientId, int rows, int columns) {
    return DicomHeader.builder()
        .transferSyntaxUid("1.2.840.10008.1.2.1")
        .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
        .sopInstanceUid(uid)
        .studyInstanceUid("1.2.3")
        .seriesInstanceUid("1.2.3.1")
        .patientId(patientId)
        .modality("CT")
        .photometricInterpretation("MONOCHROME2")
        .rows(rows)
        .columns(columns)
        .bitsAllocated(16)
        .bitsStored(16)
        .highBit(15)
        .signed(true)
        .rescaleSlope(1.0)
        .rescaleIntercept(0.0)
        .imagePositionMm(new double[] {0, 0, 0})
        .imageOrientation(new double[] {1, 0, 0, 0, 1, 0})
        .pixelSpacingMm(new double[] {0.5, 0.5});
  }

  private static String stem(PhantomFile file) {
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return name.substring(0, name.length() - ".dcm".length());
  }
}
