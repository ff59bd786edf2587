package org.headct.ich.domain.dicom.builtin;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.DicomStart;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.codec.Jpeg2000;
import org.headct.ich.domain.dicom.codec.Jpeg2000Decoder;
import org.headct.ich.domain.dicom.codec.JpegLosslessDecoder;
import org.headct.ich.domain.dicom.codec.RleDecoder;
import org.headct.ich.domain.dicom.codec.Span;
import org.jspecify.annotations.Nullable;

/**
 * The project's own DICOM reader, in pure Java. It reads objects with and without preamble and meta
 * group in the transfer syntaxes below. Objects of other syntaxes yield their header; their pixels
 * give UNSUPPORTED_SYNTAX.
 *
 * <pre>
 * 1.2.840.10008.1.2                  implicit VR little endian
 * 1.2.840.10008.1.2.1                explicit VR little endian
 * 1.2.840.10008.1.2.1.99             deflated
 * 1.2.840.10008.1.2.2                explicit VR big endian
 * 1.2.840.10008.1.2.5                RLE
 * 1.2.840.10008.1.2.4.57, .70        JPEG lossless
 * 1.2.840.10008.1.2.4.90, .91        JPEG 2000, if {@link Jpeg2000#isPresent}
 * </pre>
 *
 * It decodes pixels with one sample and 8 or 16 bits allocated; others give UNSUPPORTED_PIXELS.
 * Elements after PixelData are ignored. No input leads to an exception other than {@link
 * DicomDefectException}.
 */
public final class BuiltinDicomReader implements DicomReader {
  /** An empty array, which has no frame's length and so is never reused. */
  private static final short[] NO_ARRAY = {};

  private final DicomLimits limits;

  public BuiltinDicomReader(DicomLimits limits) {
    this.limits = limits;
  }

  /** Creates a reader with {@link DicomLimits#defaults()}. */
  public BuiltinDicomReader() {
    this(DicomLimits.defaults());
  }

  @Override
  public String name() {
    return "builtin";
  }

  @Override
  public DicomHeader header(byte[] object) throws DicomDefectException {
    Part10 opened = Part10.open(object, object.length, limits);
    HeaderCollector header = collector(opened);
    int pixels = collect(opened, object.length, header);
    return header.finish(pixels);
  }

  private HeaderCollector collector(Part10 opened) {
    HeaderCollector header =
        new HeaderCollector(limits)
            .meta(opened.declaredUid(), opened.sopClassUid(), opened.sopInstanceUid())
            .implementation(opened.implementation());
    if (opened.isRecognised()) {
      header.departure(Departure.NO_TRANSFER_SYNTAX);
    }
    if (opened.explicit() != opened.syntax().isExplicit()) {
      header.departure(Departure.OTHER_VR);
    }
    return header;
  }

  /**
   * Takes all elements before the pixels. Returns the tag of the pixels, or 0 if the bytes end
   * first.
   */
  private int collect(Part10 opened, long objectBytes, HeaderCollector header)
      throws DicomDefectException {
    ElementReader elements = opened.elements(objectBytes, limits);
    int pixels = 0;
    while (pixels == 0 && elements.next()) {
      if (HeaderCollector.isPixels(elements.tag())) {
        pixels = elements.tag();
      } else {
        header.take(elements);
        elements.skip();
      }
    }
    if (elements.metOtherVr()) {
      header.departure(Departure.OTHER_VR);
    }
    if (elements.metUnknownVr()) {
      header.departure(Departure.UNKNOWN_VR);
    }
    return pixels;
  }

  @Override
  public Optional<DicomStart> start(byte[] start, long objectBytes) throws DicomDefectException {
    boolean whole = start.length >= objectBytes;
    if (!whole && start.length < Part10.LEAST_BYTES) {
      return Optional.empty();
    }
    try {
      Part10 opened = Part10.open(start, objectBytes, limits);
      HeaderCollector header = collector(opened);
      int pixels = collect(opened, objectBytes, header);
      // The length of a deflated data set is known only after all of it is inflated.
      if (!whole && (pixels == 0 || opened.syntax() == TransferSyntax.DEFLATED)) {
        return Optional.empty();
      }
      DicomHeader found = header.finish(pixels);
      return Optional.of(new DicomStart(found, unreadable(opened, found, objectBytes)));
    } catch (DicomDefectException e) {
      if (!whole && e.defect() == DicomDefect.TRUNCATED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private @Nullable DicomDefectException unreadable(
      Part10 opened, DicomHeader header, long objectBytes) {
    try {
      check(opened, PixelElement.locate(opened, objectBytes, limits), header);
      return null;
    } catch (DicomDefectException e) {
      return e;
    }
  }

  /** Checks everything about the pixels that is known before decoding. */
  private void check(Part10 opened, PixelElement pixels, DicomHeader header)
      throws DicomDefectException {
    TransferSyntax syntax = opened.syntax();
    if (syntax == TransferSyntax.OTHER) {
      throw FrameDecoder.unsupported(opened.declaredUid());
    }
    if (syntax.pixels() == TransferSyntax.Pixels.JPEG_2000 && !Jpeg2000.isPresent()) {
      throw new DicomDefectException(
          DicomDefect.UNSUPPORTED_SYNTAX,
          "transfer syntax %s: JPEG 2000 takes a jar built with -Pjpeg2000"
              .formatted(opened.declaredUid()));
    }
    FrameDecoder.check(header, limits);
    if (syntax.pixels() == TransferSyntax.Pixels.NATIVE) {
      NativePixels.check(pixels, header, order(syntax));
    } else if (pixels.isEncapsulated()) {
      FrameDecoder.checkExpansion(header, pixels.rest(), limits);
    } else {
      throw FrameDecoder.notEncapsulated();
    }
  }

  @Override
  public StoredPixels pixels(byte[] object, DicomHeader header, int frame, short[] reuse)
      throws DicomDefectException {
    Objects.checkIndex(frame, header.frames());
    return frames(object, header, reuse).frame(frame);
  }

  @Override
  public Frames frames(byte[] object, DicomHeader header) throws DicomDefectException {
    return frames(object, header, NO_ARRAY);
  }

  /**
   * Opens the frames of an object. Uncompressed frames are written to {@code reuse} if it has their
   * length.
   */
  private Frames frames(byte[] object, DicomHeader header, short[] reuse)
      throws DicomDefectException {
    Part10 opened = Part10.open(object, object.length, limits);
    PixelElement pixels = PixelElement.locate(opened, object.length, limits);
    check(opened, pixels, header);
    TransferSyntax syntax = opened.syntax();
    if (syntax.pixels() == TransferSyntax.Pixels.NATIVE) {
      return frame ->
          FrameDecoder.stored(
              NativePixels.decode(pixels, header, frame, order(syntax), reuse), header);
    }
    Fragments fragments = Fragments.of(pixels, limits);
    return frame ->
        FrameDecoder.stored(
            decompress(syntax, fragments.frame(frame, header.frames()), header), header);
  }

  private static short[] decompress(TransferSyntax syntax, Span span, DicomHeader header)
      throws DicomDefectException {
    return switch (syntax.pixels()) {
      case RLE ->
          RleDecoder.decode(span, header.rows() * header.columns(), header.bitsAllocated() / 8);
      case JPEG_LOSSLESS -> JpegLosslessDecoder.decode(span, header);
      case JPEG_2000 -> Jpeg2000Decoder.decode(span, header);
      case NATIVE, UNKNOWN -> throw new IllegalStateException(syntax.name());
    };
  }

  private static ByteOrder order(TransferSyntax syntax) {
    return syntax.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }
}
