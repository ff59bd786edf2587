package org.headct.ich.common.dicom.dcm4che;

import org.dcm4che3.data.UID;
import org.headct.ich.common.dicom.DicomDefectException;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.DicomLimits;
import org.headct.ich.common.dicom.DicomReader;
import org.headct.ich.common.dicom.FrameDecoder;

/**
 * A second opinion: objects are parsed by dcm4che's {@code DicomInputStream}, then judged and
 * decoded by the same rules as {@code BuiltinDicomReader}'s. What can differ is which objects parse
 * and under which defect the others are counted, never a value.
 *
 * <pre>
 * 1.2.840.10008.1.2, .1.2.1, .1.2.2, .1.2.1.99   native, deflated: read
 * 1.2.840.10008.1.2.5                            RLE: read, where each frame is one fragment
 * all others, every JPEG among them              header read, pixels UNSUPPORTED_SYNTAX
 * </pre>
 *
 * dcm4che decodes JPEG by native libraries only, which may take an executor down with them.
 */
public final class Dcm4cheReader implements DicomReader {
  private final DicomLimits limits;

  public Dcm4cheReader(DicomLimits limits) {
    this.limits = limits;
  }

  /** With {@link DicomLimits#defaults()}; for {@link java.util.ServiceLoader}. */
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
  public Frames frames(byte[] object, DicomHeader header) throws DicomDefectException {
    ObjectStream stream = ObjectStream.upToPixels(object, limits);
    stream.requirePixels();
    switch (stream.transferSyntaxUid()) {
      case UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian -> {
        FrameDecoder.check(header, limits);
        return frame -> stream.nativeFrame(header, frame);
      }
      case UID.RLELossless -> {
        FrameDecoder.check(header, limits);
        RleFragments fragments = stream.fragments();
        return frame -> FrameDecoder.fromRle(fragments.frame(frame, header.frames()), header);
      }
      default -> throw FrameDecoder.unsupported(stream.transferSyntaxUid());
    }
  }
}
