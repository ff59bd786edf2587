package org.headct.ich.domain.phantom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/** Injector of defects: it turns a sound slice into the files and label rows of a defect. */
final class DefectInjector {
  private static final int EXTRA_SLOT = 512;
  private static final int HEADER_BYTES = 300;
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";
  private static final String MR_STORAGE = "1.2.840.10008.5.1.4.1.1.4";

  private DefectInjector() {}

  static List<PhantomFile> files(PhantomSlice slice, @Nullable Defect defect) {
    String id = slice.imageId();
    if (defect == null) {
      return List.of(file(id, slice.bytes()));
    }
    return switch (defect) {
      case MISSING_SLICE -> List.of();
      case TRUNCATED -> List.of(file(id, Arrays.copyOf(slice.bytes(), HEADER_BYTES)));
      case SHORT_PIXEL_DATA -> List.of(file(id, shortened(slice)));
      case NOT_DICOM -> List.of(file(id, text()));
      case NAME_MISMATCH -> List.of(file(extraId(slice), slice.bytes()));
      case DUPLICATE_ID -> List.of(file(id, slice.bytes()), namesake(slice));
      case DUPLICATE_PIXELS -> List.of(file(id, slice.bytes()), twin(slice));
      case LOCALIZER -> List.of(file(id, slice.bytes()), localizer(slice));
      case MISSING_GEOMETRY, TIED_POSITION, NOT_CT ->
          List.of(file(id, DicomWriter.write(described(slice, defect), slice.pixels())));
      case UNSUPPORTED_SYNTAX -> List.of(file(id, compressed(slice)));
      case NO_RESCALE -> List.of(file(id, withoutRescale(slice)));
      case RSNA_WRAP -> List.of(file(id, wrapped(slice)));
      default -> List.of(file(id, slice.bytes()));
    };
  }

  static List<String> labelLines(PhantomSlice slice, @Nullable Defect defect) {
    List<String> lines = new ArrayList<>(rows(slice.imageId(), slice.labels()));
    if (defect == null) {
      return lines;
    }
    switch (defect) {
      case UNANNOTATED, MISSING_SLICE -> lines.clear();
      case ORPHAN_LABEL -> lines.addAll(rows(extraId(slice), Set.of()));
      case DUPLICATE_LABEL -> lines.addAll(List.copyOf(lines));
      case DUPLICATE_PIXELS -> lines.addAll(rows(extraId(slice), slice.labels()));
      case LOCALIZER -> lines.addAll(rows(extraId(slice), Set.of()));
      case CONFLICTING_LABEL -> lines.add(flipped(lines.get(Subtype.SUBDURAL.ordinal())));
      case ANY_MISMATCH -> lines.set(Subtype.ANY.ordinal(), flipped(lines.get(5)));
      case BLANK_LABEL -> lines.set(0, head(lines.get(0)));
      case MALFORMED_LABEL -> lines.set(0, lines.get(0).replace("_epidural,", "-epidural;"));
      default -> {
        // The defect changes only the file.
      }
    }
    return lines;
  }

  private static List<String> rows(String id, Set<Subtype> labels) {
    return Subtype.ALL.stream()
        .map(subtype -> id + "_" + subtype.column() + "," + (labels.contains(subtype) ? 1 : 0))
        .toList();
  }

  private static String head(String line) {
    return line.substring(0, line.length() - 1);
  }

  private static String flipped(String line) {
    return head(line) + (line.endsWith("1") ? "0" : "1");
  }

  private static PhantomFile file(String name, byte[] bytes) {
    return new PhantomFile(PhantomDump.FOLDER + "/" + name + ".dcm", bytes);
  }

  private static String extraId(PhantomSlice slice) {
    PhantomPatient patient = slice.patient();
    return patient.ids().image(patient.index(), EXTRA_SLOT + slice.position());
  }

  private static byte[] text() {
    return "404 page not found\n".getBytes(StandardCharsets.US_ASCII);
  }

  private static PhantomFile namesake(PhantomSlice slice) {
    PhantomSlice neighbour = slice.patient().slice(slice.position() - 1);
    byte[] bytes = DicomWriter.write(slice.header(), neighbour.pixels());
    return new PhantomFile(PhantomDump.FOLDER + "/duplicates/" + slice.imageId() + ".dcm", bytes);
  }

  private static PhantomFile twin(PhantomSlice slice) {
    PhantomPatient patient = slice.patient();
    SlicePlane beyond = patient.plane(patient.settings().slices());
    DicomHeader header = patient.header(extraId(slice), beyond).build();
    return file(extraId(slice), DicomWriter.write(header, slice.pixels()));
  }

  private static PhantomFile localizer(PhantomSlice slice) {
    PhantomPatient patient = slice.patient();
    SlicePlane plane = patient.sagittalPlane();
    StoredPixels pixels =
        new SliceRender(patient, plane)
            .pixels(RandomDraws.of(patient.settings().seed(), patient.index(), 4));
    DicomHeader header = patient.header(extraId(slice), plane).build();
    return file(extraId(slice), DicomWriter.write(header, pixels));
  }

  private static DicomHeader described(PhantomSlice slice, Defect defect) {
    PhantomPatient patient = slice.patient();
    DicomHeaderBuilder header = patient.header(slice.imageId(), patient.plane(slice.position()));
    switch (defect) {
      case MISSING_GEOMETRY -> header.imagePositionMm(null).imageOrientation(null);
      case TIED_POSITION ->
          header.imagePositionMm(patient.plane(slice.position() - 1).positionMm());
      default -> header.modality("MR").sopClassUid(MR_STORAGE);
    }
    return header.build();
  }

  /** Returns a file with about 29 % of the pixels and a matching length of PixelData. */
  private static byte[] shortened(PhantomSlice slice) {
    byte[] whole = slice.bytes();
    int size = slice.patient().settings().size();
    int pixelBytes = 2 * size * size;
    int kept = pixelBytes * 29 / 100 / 2 * 2;
    int start = whole.length - pixelBytes;
    byte[] cut = Arrays.copyOf(whole, start + kept);
    for (int i = 0; i < 4; i++) {
      cut[start - 4 + i] = (byte) (kept >>> (8 * i));
    }
    return cut;
  }

  private static byte[] compressed(PhantomSlice slice) {
    PhantomPatient patient = slice.patient();
    DicomHeader header =
        patient
            .header(slice.imageId(), patient.plane(slice.position()))
            .transferSyntaxUid(JPEG_LS)
            .build();
    // Only the markers that open a JPEG-LS frame: no code decodes it.
    return DicomWriter.writeEncapsulated(
        header, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xF7});
  }

  private static byte[] withoutRescale(PhantomSlice slice) {
    return redescribed(slice, 16, true, null, 0xFFFF);
  }

  private static byte[] wrapped(PhantomSlice slice) {
    return redescribed(slice, 12, false, 0.0, 0x0FFF);
  }

  /**
   * Returns a file with the slice's HU, clamped to [-1000, 3095], masked and stored with another
   * image description.
   */
  private static byte[] redescribed(
      PhantomSlice slice, int bits, boolean signed, @Nullable Double intercept, int mask) {
    PhantomPatient patient = slice.patient();
    StoredPixels sound = slice.pixels();
    short[] values = new short[sound.values().length];
    for (int i = 0; i < values.length; i++) {
      int hu = sound.at(i) + Scanner.INTERCEPT_HU;
      values[i] = (short) (Math.max(-1000, Math.min(3095, hu)) & mask);
    }
    DicomHeader header =
        patient
            .header(slice.imageId(), patient.plane(slice.position()))
            .transferSyntaxUid(EXPLICIT)
            .bitsStored(bits)
            .highBit(bits - 1)
            .signed(signed)
            .rescaleIntercept(intercept)
            .rescaleSlope(intercept == null ? null : 1.0)
            .build();
    return DicomWriter.write(
        header, new StoredPixels(sound.rows(), sound.columns(), signed, values));
  }
}
