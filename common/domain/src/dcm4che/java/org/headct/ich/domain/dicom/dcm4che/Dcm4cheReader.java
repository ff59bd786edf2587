package org.headct.ich.domain.dicom.dcm4che;

import java.util.Optional;
import org.dcm4che3.data.UID;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.DicomStart;
import org.headct.ich.domain.dicom.builtin.FrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A second DICOM reader, for comparison. dcm4che's {@code DicomInputStream} parses the objects; the
 * rules of {@code BuiltinDicomReader} then check and decode them. The readers may differ in which
 * objects parse, and in the defect of the others, but never in a value.
 *
 * <pre>
 * 1.2.840.10008.1.2, .1.2.1, .1.2.2, .1.2.1.99   native, deflated: read
 * 1.2.840.10008.1.2.5                            RLE: read, if each frame is one fragment
 * all others, including every JPEG               header read, pixels UNSUPPORTED_SYNTAX
 * </pre>
 *
 * dcm4che decodes JPEG only with native libraries, and their crash may end an executor.
 */
public final class Dcm4cheReader implements DicomReader {
  private final DicomLimits limits;

  public Dcm4cheReader(DicomLimits limits) {
    this.limits = limits;
  }

  /** Creates a reader with {@link DicomLimits#defaults()}, for {@link java.util.ServiceLoader}. */
  public Dcm4cheReader() {
    this(DicomLimits.defaults());
  }

  @Override
  public String name() {
    return "dcm4che";
  }

  @Override
  public DicomHeader header(byte[] object) throws DicomDefectException {
    return ObjectStream.upToPixels(object, limits).header();
  }

  @Override
  public Optional<DicomStart> start(byte[] start, long objectBytes) throws DicomDefectException {
    boolean whole = start.length >= objectBytes;
    try {
      ObjectStream stream = ObjectStream.upToPixels(start, limits);
      if (!whole && (!stream.hasPixels() || stream.isInflated())) {
        return Optional.empty();
      }
      DicomHeader header = stream.header();
      return Optional.of(new DicomStart(header, unreadable(stream, header, objectBytes)));
    } catch (DicomDefectException e) {
      // dcm4che fails on a cut object with various exceptions; only the whole object is conclusive.
      if (!whole) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private @Nullable DicomDefectException unreadable(
      ObjectStream stream, DicomHeader header, long objectBytes) {
    try {
      check(stream, header, objectBytes);
      return null;
    } catch (DicomDefectException e) {
      return e;
    }
  }

  private void check(ObjectStream stream, DicomHeader header, long objectBytes)
      throws DicomDefectException {
    stream.requirePixels();
    switch (stream.transferSyntaxUid()) {
      case UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian -> {
        FrameDecoder.check(header, limits);
        stream.checkNative(header, objectBytes);
      }
      case UID.RLELossless -> {
        FrameDecoder.check(header, limits);
        stream.checkEncapsulated(header, objectBytes);
      }
      default -> throw FrameDecoder.unsupported(stream.transferSyntaxUid());
    }
  }

  @Override
  public Frames frames(byte[] object, DicomHeader header) throws DicomDefectException {
    ObjectStream stream = ObjectStream.upToPixels(object, limits);
    check(stream, header, object.length);
    if (!stream.transferSyntaxUid().equals(UID.RLELossless)) {
      return frame -> stream.nativeFrame(header, frame);
    }
    RleFragments fragments = stream.fragments();
    return frame -> FrameDecoder.fromRle(fragments.frame(frame, header.frames()), header);
  }
}
