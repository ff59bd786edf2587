package org.headct.ich.domain.dicom.dcm4che;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.util.TagUtils;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.FileKind;
import org.headct.ich.domain.dicom.builtin.ElementValue;
import org.headct.ich.domain.dicom.builtin.FrameDecoder;
import org.headct.ich.domain.dicom.builtin.HeaderCollector;
import org.headct.ich.domain.dicom.builtin.Inflation;
import org.headct.ich.domain.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;

/**
 * One pass of dcm4che over an object, up to its pixels. It reads only the elements that the header
 * needs and skips the others. Every length is checked against the end of the bytes before it is
 * used.
 */
final class ObjectStream implements DicomInputHandler {
  static final int UNDEFINED = -1;

  private final HeaderCollector header;
  private final DicomLimits limits;
  private final String transferSyntaxUid;

  /** The object, or its inflated data set. Positions count from its start. */
  private byte[] bytes;

  private DicomInputStream in;
  private int pixelTag;

  /**
   * The transfer syntax as written in the meta group. dcm4che's own value has lost control
   * characters and non-ASCII characters.
   */
  private String declaredUid = "";

  private final boolean inflated;
  private boolean metaEnded;

  private ObjectStream(byte[] object, DicomLimits limits) throws IOException, DicomDefectException {
    this.limits = limits;
    header = new HeaderCollector(limits);
    bytes = object;
    in = open(object);
    in.setDicomInputHandler(this);
    @Nullable Attributes meta = in.readFileMetaInformation();
    metaEnded = true;
    if (meta == null && !startsWithGroup8(object, in.bigEndian())) {
      throw notDicom(object, null); // dcm4che accepts a run of zeros as a data set
    }
    if (declaredUid.isEmpty()) {
      header.departure(Departure.NO_TRANSFER_SYNTAX);
    }
    String parsedUid = in.getTransferSyntax();
    transferSyntaxUid = declaredUid.isEmpty() ? parsedUid : declaredUid;
    header
        .meta(
            transferSyntaxUid,
            text(meta, Tag.MediaStorageSOPClassUID),
            text(meta, Tag.MediaStorageSOPInstanceUID))
        .implementation(text(meta, Tag.ImplementationVersionName));
    inflated = isDeflated(parsedUid);
    if (inflated) {
      // dcm4che would inflate without a limit.
      bytes = Inflation.inflate(object, (int) in.getPosition(), limits.maxInflatedBytes());
      in = new DicomInputStream(new ByteArrayInputStream(bytes), UID.ExplicitVRLittleEndian);
      in.setDicomInputHandler(this);
    }
  }

  /**
   * Reads everything before the pixels.
   *
   * @throws DicomDefectException NOT_DICOM, TRUNCATED, BAD_HEADER, LIMIT_EXCEEDED or CODEC_ERROR
   */
  static ObjectStream upToPixels(byte[] object, DicomLimits limits) throws DicomDefectException {
    try {
      ObjectStream stream = new ObjectStream(object, limits);
      stream.read();
      return stream;
    } catch (RefusedException refused) {
      throw refused.defect;
    } catch (EOFException ended) {
      throw new DicomDefectException(DicomDefect.TRUNCATED, "the object ends early", ended);
    } catch (IOException | RuntimeException malformed) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER,
          "dcm4che failed with " + malformed.getClass().getSimpleName(),
          malformed);
    }
  }

  private static DicomInputStream open(byte[] object) throws DicomDefectException {
    try {
      DicomInputStream file = new DicomInputStream(new ByteArrayInputStream(object));
      file.setAllocateLimit(1 << 16); // allocated at once; more only when the bytes exist
      return file;
    } catch (IOException | RuntimeException unknown) {
      throw notDicom(object, unknown);
    }
  }

  private static DicomDefectException notDicom(byte[] object, @Nullable Throwable cause) {
    String message = FileKind.of(object).description();
    return cause == null
        ? new DicomDefectException(DicomDefect.NOT_DICOM, message)
        : new DicomDefectException(DicomDefect.NOT_DICOM, message, cause);
  }

  private static boolean startsWithGroup8(byte[] object, boolean bigEndian) {
    return object[bigEndian ? 1 : 0] == 8 && object[bigEndian ? 0 : 1] == 0;
  }

  private void read() throws IOException {
    in.readDataset(
        stream -> {
          pixelTag = HeaderCollector.isPixels(stream.tag()) ? stream.tag() : 0;
          return pixelTag != 0;
        });
  }

  DicomHeader header() throws DicomDefectException {
    return header.finish(pixelTag);
  }

  String transferSyntaxUid() {
    return transferSyntaxUid;
  }

  boolean hasPixels() {
    return pixelTag != 0;
  }

  boolean isInflated() {
    return inflated;
  }

  void requirePixels() throws DicomDefectException {
    if (pixelTag == 0) {
      throw new DicomDefectException(DicomDefect.NO_PIXELS, "the object has no PixelData");
    }
    if (pixelTag != Tag.PixelData) {
      throw new DicomDefectException(
          DicomDefect.UNSUPPORTED_PIXELS, "floating point pixels are not read");
    }
  }

  void checkEncapsulated(DicomHeader header, long objectBytes) throws DicomDefectException {
    if (in.unsignedLength() != UNDEFINED) {
      throw FrameDecoder.notEncapsulated();
    }
    FrameDecoder.checkExpansion(header, objectBytes - in.getPosition(), limits);
  }

  void checkNative(DicomHeader header, long objectBytes) throws DicomDefectException {
    FrameDecoder.checkNative(
        bytes,
        (int) in.getPosition(),
        in.unsignedLength(),
        vr(),
        order(),
        header,
        isInflated() ? bytes.length : objectBytes);
  }

  StoredPixels nativeFrame(DicomHeader header, int frame) throws DicomDefectException {
    return FrameDecoder.fromNative(
        bytes, (int) in.getPosition(), in.unsignedLength(), vr(), order(), header, frame);
  }

  private int vr() {
    return in.explicitVR() ? in.vr().code() : 0;
  }

  private ByteOrder order() {
    return in.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Reads the fragments of PixelData from the current position of the stream. */
  RleFragments fragments() throws DicomDefectException {
    return RleFragments.read(in, bytes);
  }

  @Override
  public void readValue(DicomInputStream stream, Attributes parent) throws IOException {
    if (stream.unsignedLength() == UNDEFINED) {
      if (stream.level() >= limits.maxNesting()) {
        throw new RefusedException(
            new DicomDefectException(
                DicomDefect.LIMIT_EXCEEDED,
                "sequences nested deeper than " + limits.maxNesting()));
      }
      stream.readValue(stream, parent); // calls the methods below
      return;
    }
    long length = defined(stream);
    if (TagUtils.isFileMetaInformation(stream.tag()) && !metaEnded) {
      if (stream.tag() == Tag.TransferSyntaxUID) {
        declare(stream);
      }
      stream.readValue(stream, parent); // dcm4che needs these itself
      return;
    }
    if (stream.level() == 0) {
      refuseMeta(stream.tag());
      take(stream);
    }
    stream.skipFully(length);
  }

  /**
   * Refuses an element of the meta group in the data set. dcm4che ends the meta group where its
   * length says, perhaps before the transfer syntax.
   */
  private static void refuseMeta(int tag) throws RefusedException {
    if (TagUtils.isFileMetaInformation(tag)) {
      throw new RefusedException(
          new DicomDefectException(
              DicomDefect.BAD_HEADER, "the meta group is longer than its length says"));
    }
  }

  private void declare(DicomInputStream stream) throws RefusedException {
    try {
      declaredUid = new Value(stream).text();
    } catch (DicomDefectException defect) {
      throw new RefusedException(defect);
    }
  }

  private void take(DicomInputStream stream) throws RefusedException {
    try {
      header.take(new Value(stream));
    } catch (DicomDefectException defect) {
      throw new RefusedException(defect);
    }
  }

  /** Walks an item's elements for their lengths and keeps none. */
  @Override
  public void readValue(DicomInputStream stream, Sequence items) throws IOException {
    if (stream.unsignedLength() == UNDEFINED) {
      stream.readItemValue(new Attributes(stream.bigEndian()), UNDEFINED);
    } else {
      stream.skipFully(defined(stream));
    }
  }

  @Override
  public void readValue(DicomInputStream stream, Fragments fragments) throws IOException {
    stream.skipFully(defined(stream));
  }

  @Override
  public void startDataset(DicomInputStream stream) {}

  @Override
  public void endDataset(DicomInputStream stream) {}

  private long defined(DicomInputStream stream) throws EOFException {
    return defined(stream, bytes);
  }

  /** Returns the length of a value, which must lie within the bytes. */
  static long defined(DicomInputStream stream, byte[] bytes) throws EOFException {
    long length = stream.unsignedLength();
    if (length < 0 || length > bytes.length - stream.getPosition()) {
      throw new EOFException(TagUtils.toString(stream.tag()));
    }
    return length;
  }

  private static String text(@Nullable Attributes meta, int tag)
      throws IOException, DicomDefectException {
    byte @Nullable [] value = meta == null ? null : meta.getBytes(tag);
    return value == null ? "" : ElementValue.trimmed(tag, value, 0, value.length);
  }

  private static boolean isDeflated(String uid) {
    return uid.equals(UID.DeflatedExplicitVRLittleEndian)
        || uid.equals(UID.JPIPReferencedDeflate)
        || uid.equals(UID.JPIPHTJ2KReferencedDeflate);
  }

  /** The value at the stream's position, read in place. */
  private final class Value implements ElementValue {
    private final DicomInputStream stream;

    Value(DicomInputStream stream) {
      this.stream = stream;
    }

    @Override
    public int tag() {
      return stream.tag();
    }

    @Override
    public String text() throws DicomDefectException {
      int start = (int) stream.getPosition();
      return ElementValue.trimmed(tag(), bytes, start, start + stream.length());
    }

    @Override
    public int unsignedShortValue() {
      if (stream.length() < 2) {
        return -1;
      }
      int start = (int) stream.getPosition();
      int first = bytes[start] & 0xFF;
      int second = bytes[start + 1] & 0xFF;
      return stream.bigEndian() ? first << 8 | second : second << 8 | first;
    }
  }

  /** Carrier of a defect through dcm4che, which passes I/O exceptions on. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final DicomDefectException defect;

    RefusedException(DicomDefectException defect) {
      super(defect);
      this.defect = defect;
    }
  }
}
