package org.headct.ich.domain.dicom.builtin;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;

/**
 * Writer of Part 10 files (PS3.10 section 7.1) with one native frame, little endian, 16 bits
 * allocated. It writes the attributes of the RSNA 2019 files: (0008,0018) (0008,0060) (0010,0020)
 * (0020,000D) (0020,000E) (0020,0010 empty) (0020,0032) (0020,0037) (0028,0002) (0028,0004)
 * (0028,0010) (0028,0011) (0028,0030) (0028,0100..0103) (0028,1050..1053) (7FE0,0010). Like those
 * files, it writes the SOP class only into the meta group. Other attributes of {@link DicomHeader}
 * are written if the header has them, and left out if null or blank. The same input gives the same
 * bytes.
 */
public final class DicomWriter {
  /** The maximum number of characters in a value of VR DS (PS3.5 table 6.2-1). */
  private static final int DS_LENGTH = 16;

  // A UUID-derived UID (PS3.5 section B.2), fixed for this writer.
  private static final String IMPLEMENTATION_UID = "2.25.148291836650942973166405331087421990283";

  /**
   * The value of (0002,0013) in every object of this writer. It distinguishes phantoms from
   * patients.
   */
  public static final String IMPLEMENTATION_NAME = "HEADCT_ICH";

  private final ByteArrayOutputStream out;
  private final boolean explicit;

  private DicomWriter(ByteArrayOutputStream out, boolean explicit) {
    this.out = out;
    this.explicit = explicit;
  }

  /**
   * Writes a header and its pixels as a file.
   *
   * @param header its transfer syntax must be implicit (1.2.840.10008.1.2) or explicit VR
   *     (1.2.840.10008.1.2.1) little endian; its rows, columns and sign must be those of the pixels
   * @throws IllegalArgumentException if header and pixels do not fit
   */
  public static byte[] write(DicomHeader header, StoredPixels pixels) {
    TransferSyntax syntax = TransferSyntax.of(header.transferSyntaxUid());
    if (syntax != TransferSyntax.IMPLICIT_LITTLE && syntax != TransferSyntax.EXPLICIT_LITTLE) {
      throw new IllegalArgumentException(
          "transfer syntax must be 1.2.840.10008.1.2 or 1.2.840.10008.1.2.1, got "
              + header.transferSyntaxUid());
    }
    if (header.rows() != pixels.rows()
        || header.columns() != pixels.columns()
        || header.signed() != pixels.signed()
        || header.bitsAllocated() != 16) {
      throw new IllegalArgumentException("header and pixels describe different images");
    }
    ByteBuffer values =
        ByteBuffer.allocate(2 * pixels.values().length).order(ByteOrder.LITTLE_ENDIAN);
    values.asShortBuffer().put(pixels.values());
    DicomWriter file = begin(header, values.capacity(), syntax == TransferSyntax.EXPLICIT_LITTLE);
    file.element(Tag.PIXEL_DATA, "OW", values.array());
    return file.out.toByteArray();
  }

  /**
   * Writes one encapsulated fragment (PS3.5 section A.4) in explicit VR little endian, with an
   * empty offset table. The header may name any transfer syntax.
   */
  public static byte[] writeEncapsulated(DicomHeader header, byte[] fragment) {
    DicomWriter file = begin(header, fragment.length, true);
    int even = fragment.length + (fragment.length & 1);
    file.tag(Tag.PIXEL_DATA);
    file.ascii("OB");
    file.uint16(0);
    file.uint32(0xFFFF_FFFF);
    file.tag(Tag.ITEM);
    file.uint32(0);
    file.tag(Tag.ITEM);
    file.uint32(even);
    file.out.writeBytes(fragment);
    if (even > fragment.length) {
      file.out.write(0);
    }
    file.tag(Tag.SEQUENCE_DELIMITER);
    file.uint32(0);
    return file.out.toByteArray();
  }

  private static DicomWriter begin(DicomHeader header, int pixelBytes, boolean explicit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(pixelBytes + 1536);
    byte[] meta = meta(header);
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    DicomWriter group = new DicomWriter(out, true);
    group.element(0x0002_0000, "UL", le(4).putInt(meta.length).array());
    out.writeBytes(meta);
    DicomWriter file = new DicomWriter(out, explicit);
    file.dataSet(header);
    return file;
  }

  private static byte[] meta(DicomHeader header) {
    DicomWriter meta = new DicomWriter(new ByteArrayOutputStream(256), true);
    meta.element(0x0002_0001, "OB", new byte[] {0, 1});
    meta.uid(Tag.MEDIA_SOP_CLASS, header.sopClassUid());
    meta.uid(Tag.MEDIA_SOP_INSTANCE, mediaUid(header.sopInstanceUid()));
    meta.uid(Tag.TRANSFER_SYNTAX, header.transferSyntaxUid());
    meta.uid(0x0002_0012, IMPLEMENTATION_UID);
    meta.text(0x0002_0013, "SH", IMPLEMENTATION_NAME);
    return meta.out.toByteArray();
  }

  /**
   * Returns a UID for the meta group, empty for an instance without one. RSNA's instance ids are
   * not UIDs, so theirs is derived from the id (PS3.5 B.2).
   */
  private static String mediaUid(String instance) {
    if (instance.matches("[0-9.]{0,64}")) {
      return instance;
    }
    UUID uuid = UUID.nameUUIDFromBytes(instance.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bits = ByteBuffer.allocate(16);
    bits.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return "2.25." + new BigInteger(1, bits.array());
  }

  /** Writes everything except the pixels, in ascending order of tags, as the standard requires. */
  private void dataSet(DicomHeader h) {
    Acquisition a = h.acquisition();
    textIfAny(Tag.IMAGE_TYPE, "CS", a.imageType());
    uid(Tag.SOP_INSTANCE, h.sopInstanceUid());
    text(Tag.MODALITY, "CS", h.modality());
    textIfAny(Tag.MANUFACTURER, "LO", h.manufacturer());
    textIfAny(Tag.SERIES_DESCRIPTION, "LO", a.seriesDescription());
    textIfAny(Tag.MODEL, "LO", h.model());
    text(Tag.PATIENT_ID, "LO", h.patientId());
    textIfAny(Tag.CONTRAST_AGENT, "LO", a.contrastAgent());
    decimalIfAny(Tag.SLICE_THICKNESS, h.sliceThicknessMm());
    decimalIfAny(Tag.GANTRY_TILT, h.gantryTiltDegrees());
    textIfAny(Tag.CONVOLUTION_KERNEL, "SH", a.convolutionKernel());
    uid(Tag.STUDY_INSTANCE, h.studyInstanceUid());
    uid(Tag.SERIES_INSTANCE, h.seriesInstanceUid());
    text(0x0020_0010, "SH", "");
    wholeIfAny(Tag.SERIES_NUMBER, a.seriesNumber());
    wholeIfAny(Tag.ACQUISITION_NUMBER, a.acquisitionNumber());
    wholeIfAny(Tag.INSTANCE_NUMBER, h.instanceNumber());
    decimalsIfAny(Tag.IMAGE_POSITION, h.imagePositionMm());
    decimalsIfAny(Tag.IMAGE_ORIENTATION, h.imageOrientation());
    decimalIfAny(Tag.SLICE_LOCATION, a.sliceLocationMm());
    unsigned(Tag.SAMPLES_PER_PIXEL, h.samplesPerPixel());
    text(Tag.PHOTOMETRIC_INTERPRETATION, "CS", h.photometricInterpretation());
    if (h.frames() > 1) {
      text(Tag.NUMBER_OF_FRAMES, "IS", Integer.toString(h.frames()));
    }
    unsigned(Tag.ROWS, h.rows());
    unsigned(Tag.COLUMNS, h.columns());
    decimalsIfAny(Tag.PIXEL_SPACING, h.pixelSpacingMm());
    double[] aspect = h.pixelAspectRatio();
    if (aspect != null) {
      text(Tag.PIXEL_ASPECT_RATIO, "IS", Math.round(aspect[0]) + "\\" + Math.round(aspect[1]));
    }
    unsigned(Tag.BITS_ALLOCATED, h.bitsAllocated());
    unsigned(Tag.BITS_STORED, h.bitsStored());
    unsigned(Tag.HIGH_BIT, h.highBit());
    unsigned(Tag.PIXEL_REPRESENTATION, h.signed() ? 1 : 0);
    pixelValueIfAny(Tag.PIXEL_PADDING_VALUE, h, h.pixelPaddingValue());
    pixelValueIfAny(Tag.PIXEL_PADDING_RANGE_LIMIT, h, h.pixelPaddingRangeLimit());
    decimals(Tag.WINDOW_CENTER, h.windowCenters());
    decimals(Tag.WINDOW_WIDTH, h.windowWidths());
    decimalIfAny(Tag.RESCALE_INTERCEPT, h.rescaleIntercept());
    decimalIfAny(Tag.RESCALE_SLOPE, h.rescaleSlope());
  }

  private void pixelValueIfAny(int tag, DicomHeader header, @Nullable Integer value) {
    if (value != null) {
      element(tag, header.signed() ? "SS" : "US", le(2).putShort(value.shortValue()).array());
    }
  }

  private void uid(int tag, String value) {
    element(tag, "UI", padded(value, (byte) 0));
  }

  private void text(int tag, String vr, String value) {
    element(tag, vr, padded(value, (byte) ' '));
  }

  private void textIfAny(int tag, String vr, String value) {
    if (!value.isEmpty()) {
      text(tag, vr, value);
    }
  }

  private void wholeIfAny(int tag, @Nullable Integer value) {
    if (value != null) {
      text(tag, "IS", Integer.toString(value));
    }
  }

  private void decimalIfAny(int tag, @Nullable Double value) {
    if (value != null) {
      decimals(tag, List.of(value));
    }
  }

  private void decimalsIfAny(int tag, double @Nullable [] values) {
    if (values != null) {
      decimals(tag, DoubleStream.of(values).boxed().toList());
    }
  }

  private void decimals(int tag, List<Double> values) {
    if (!values.isEmpty()) {
      text(tag, "DS", values.stream().map(DicomWriter::decimal).collect(Collectors.joining("\\")));
    }
  }

  /** Returns the value in at most 16 characters, rounded if necessary. */
  static String decimal(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    String plain = exact.toPlainString();
    for (int digits = 15; plain.length() > DS_LENGTH && digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      plain = rounded.stripTrailingZeros().toPlainString();
      if (plain.length() > DS_LENGTH) {
        String scientific = rounded.stripTrailingZeros().toString();
        plain = scientific.length() <= DS_LENGTH ? scientific : plain;
      }
    }
    return plain;
  }

  private void unsigned(int tag, int value) {
    element(tag, "US", le(2).putShort((short) value).array());
  }

  private static byte[] padded(String value, byte pad) {
    byte[] text = value.getBytes(StandardCharsets.ISO_8859_1);
    if ((text.length & 1) == 0) {
      return text;
    }
    byte[] even = Arrays.copyOf(text, text.length + 1);
    even[text.length] = pad;
    return even;
  }

  private void element(int tag, String vr, byte[] value) {
    tag(tag);
    if (!explicit) {
      uint32(value.length);
    } else {
      ascii(vr);
      if (Vr.hasLongLength(Vr.pack(vr.charAt(0), vr.charAt(1)))) {
        uint16(0);
        uint32(value.length);
      } else {
        uint16(value.length);
      }
    }
    out.writeBytes(value);
  }

  private void tag(int tag) {
    uint16(tag >>> 16);
    uint16(tag);
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void uint16(int value) {
    out.write(value);
    out.write(value >>> 8);
  }

  private void uint32(int value) {
    uint16(value);
    uint16(value >>> 16);
  }

  private static ByteBuffer le(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
