package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Comparison with independent readers: every object of ct-conformance.zip gives their values, or
 * the defect listed here. Every header that pydicom reads is compared as well.
 */
public class ConformanceIT {
  private static final String ARCHIVE = "ct-conformance.zip";

  private static final String EXPECTED_DEFECTS =
      """
      NOT_DICOM           no_meta
      TRUNCATED           rtplan_truncated
      SHORT_PIXEL_DATA    MR_truncated
      CODEC_ERROR         JPEG2000-embedded-sequence-delimiter
      BAD_HEADER          meta_missing_tsyntax nested_priv_SQ
      NO_PIXELS           ExplVR_BigEndNoMeta ExplVR_LitEndNoMeta UN_sequence empty_charset_LEI
      NO_PIXELS           dicomdirtests/DICOMDIR-empty no_meta_group_length priv_SQ reportsi
      NO_PIXELS           reportsi_with_empty_number_tags rtplan rtstruct test-SR waveform_ecg
      UNSUPPORTED_SYNTAX  JPEG-lossy JPGExtended JPEGLSNearLossless_08 JPEGLSNearLossless_16
      UNSUPPORTED_SYNTAX  MR_small_jpeg_ls_lossless SC_jpeg_no_color_transform
      UNSUPPORTED_SYNTAX  SC_jpeg_no_color_transform_2 SC_rgb_dcmtk_+eb+cr SC_rgb_dcmtk_+eb+cy+n1
      UNSUPPORTED_SYNTAX  SC_rgb_dcmtk_+eb+cy+n2 SC_rgb_dcmtk_+eb+cy+np SC_rgb_dcmtk_+eb+cy+s2
      UNSUPPORTED_SYNTAX  SC_rgb_dcmtk_+eb+cy+s4 SC_rgb_jls_lossy_line SC_rgb_jls_lossy_sample
      UNSUPPORTED_SYNTAX  SC_rgb_jpeg SC_rgb_jpeg_app14_dcmd SC_rgb_jpeg_dcmtk SC_rgb_jpeg_lossy_gdcm
      UNSUPPORTED_SYNTAX  SC_rgb_small_odd_jpeg examples_ybr_color
      UNSUPPORTED_PIXELS  ExplVR_BigEnd GDCMJ2K_TextGBR SC_rgb_gdcm_KY SC_rgb_jpeg_dcmd
      UNSUPPORTED_PIXELS  SC_rgb_jpeg_gdcm SC_rgb_rle SC_rgb_rle_16bit SC_rgb_rle_16bit_2frame
      UNSUPPORTED_PIXELS  SC_rgb_rle_2frame SC_rgb_rle_32bit SC_rgb_rle_32bit_2frame
      UNSUPPORTED_PIXELS  SC_rgb_small_odd SC_rgb_small_odd_big_endian SC_ybr_full_422_uncompressed
      UNSUPPORTED_PIXELS  examples_jpeg2k examples_rgb_color liver_1frame liver_expb_1frame
      UNSUPPORTED_PIXELS  rtdose rtdose_1frame rtdose_expb rtdose_expb_1frame rtdose_rle
      UNSUPPORTED_PIXELS  rtdose_rle_1frame badVR
      """;

  private final DicomReader reader = reader();

  /** Returns the reader under test. Tests of other readers override it. */
  DicomReader reader() {
    return new BuiltinDicomReader();
  }

  /**
   * Returns the defects and their members. Members are relative to {@code ct-conformance/pydicom/}
   * or begin with {@code pydicom-data/}. A later line overrides an earlier one.
   */
  String defectTable() {
    return EXPECTED_DEFECTS;
  }

  /** Returns the members whose header is refused, named as in the table. */
  Set<String> refusedHeaders() {
    return Set.of();
  }

  @Test
  void agreesWithIndependentReadersOrNamesTheDefect() {
    TreeMap<String, byte[]> objects = Golden.sharedArchive(ARCHIVE);
    Map<String, String> defects = new TreeMap<>();
    SoftAssertions softly = new SoftAssertions();
    for (Golden golden : Golden.resource("ct-conformance.tsv")) {
      byte[] object = requireNonNull(objects.remove(golden.member()), golden.member());
      try {
        compare(softly, golden, Golden.frames(reader, object));
      } catch (DicomDefectException e) {
        defects.put(golden.member(), e.defect().name());
      }
    }
    softly.assertThat(objects.keySet()).as("members without a golden").isEmpty();
    softly.assertThat(defects).isEqualTo(table(defectTable()));
    softly.assertAll();
  }

  private static void compare(SoftAssertions softly, Golden golden, List<StoredPixels> frames) {
    if (!golden.kind().equals("lossy")) {
      softly
          .assertThat(frames.stream().map(Golden::hash))
          .as(golden.member())
          .isEqualTo(golden.hashes());
      return;
    }
    // Decoders may round differently, by one. 256 values of the first frame represent all.
    String[] samples = golden.samples().split(",");
    StoredPixels first = frames.get(0);
    for (int i = 0; i < samples.length; i++) {
      int index = (int) ((long) i * first.values().length / samples.length);
      softly
          .assertThat(first.at(index))
          .as(golden.member() + " at " + index)
          .isCloseTo(Integer.parseInt(samples[i]), within(1));
    }
  }

  private static Map<String, String> table(String defects) {
    Map<String, String> expected = new TreeMap<>();
    defects
        .lines()
        .map(line -> line.split(" +"))
        .forEach(
            cells ->
                Arrays.stream(cells, 1, cells.length)
                    .forEach(name -> expected.put(member(name), cells[0])));
    return expected;
  }

  private static String member(String name) {
    String folder = name.startsWith("pydicom-data/") ? "" : "pydicom/";
    return "ct-conformance/" + folder + name + ".dcm";
  }

  @Test
  void theFirstBytesTellTheSame() {
    Golden.sharedArchive(ARCHIVE)
        .forEach(
            (member, object) -> {
              StartAgreement agreement = new StartAgreement(reader, object);
              for (int bytes = object.length; bytes > 0; bytes = bytes * 3 / 4) {
                agreement.holdsFor(bytes);
              }
            });
  }

  @Test
  void readsTheHeadersThatPydicomReads() throws DicomDefectException {
    TreeMap<String, byte[]> objects = Golden.sharedArchive(ARCHIVE);
    List<String> lines = new String(Golden.bytes("ct-headers.tsv"), UTF_8).lines().toList();
    String[] names = lines.get(0).split("\t", -1);
    SoftAssertions softly = new SoftAssertions();
    List<String> refused = refusedHeaders().stream().map(ConformanceIT::member).toList();
    int compared = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      if (refused.contains(cells[0])) {
        continue; // the other test gives the reason
      }
      Map<String, Object> header = attributes(reader.header(requireNonNull(objects.get(cells[0]))));
      for (int i = 1; i < cells.length; i++) {
        Object actual = requireNonNull(header.get(names[i]), names[i]);
        Object expected = actual instanceof List ? numbers(cells[i]) : cells[i];
        softly.assertThat(actual).as(cells[0] + " " + names[i]).isEqualTo(expected);
      }
      compared++;
    }
    softly.assertThat(compared).isEqualTo(73 - refused.size());
    softly.assertAll();
  }

  private static Map<String, Object> attributes(DicomHeader h) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("TransferSyntaxUID", h.transferSyntaxUid());
    map.put("SOPClassUID", h.sopClassUid());
    map.put("SOPInstanceUID", h.sopInstanceUid());
    map.put("StudyInstanceUID", h.studyInstanceUid());
    map.put("SeriesInstanceUID", h.seriesInstanceUid());
    map.put("Modality", h.modality());
    map.put("InstanceNumber", one(h.instanceNumber()));
    map.put("Rows", one(h.rows()));
    map.put("Columns", one(h.columns()));
    map.put("SamplesPerPixel", one(h.samplesPerPixel()));
    map.put("PhotometricInterpretation", h.photometricInterpretation());
    map.put("BitsAllocated", one(h.bitsAllocated()));
    map.put("BitsStored", one(h.bitsStored()));
    map.put("HighBit", one(h.highBit()));
    map.put("PixelRepresentation", one(h.signed() ? 1 : 0));
    map.put("RescaleSlope", one(h.rescaleSlope()));
    map.put("RescaleIntercept", one(h.rescaleIntercept()));
    map.put("PixelPaddingValue", one(h.pixelPaddingValue()));
    map.put("ImagePositionPatient", vector(h.imagePositionMm()));
    map.put("ImageOrientationPatient", vector(h.imageOrientation()));
    map.put("PixelSpacing", vector(h.pixelSpacingMm()));
    map.put("SliceThickness", one(h.sliceThicknessMm()));
    map.put("GantryDetectorTilt", one(h.gantryTiltDegrees()));
    map.put("WindowCenter", h.windowCenters());
    map.put("WindowWidth", h.windowWidths());
    map.put("Manufacturer", h.manufacturer());
    map.put("ManufacturerModelName", h.model());
    return map;
  }

  private static List<Double> one(@Nullable Number value) {
    return value == null ? List.of() : List.of(value.doubleValue());
  }

  private static List<Double> vector(double @Nullable [] values) {
    return values == null ? List.of() : Arrays.stream(values).boxed().toList();
  }

  private static List<Double> numbers(String cell) {
    return cell.isEmpty() ? List.of() : Stream.of(cell.split("\\\\")).map(Double::valueOf).toList();
  }
}
