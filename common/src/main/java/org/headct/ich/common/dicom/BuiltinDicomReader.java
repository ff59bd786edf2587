package org.headct.ich.common.dicom;

import java.nio.ByteOrder;

/**
 * The reader of this project, in Java alone. It reads objects with and without preamble and meta
 * group in these transfer syntaxes; all others give their header, and UNSUPPORTED_SYNTAX for their
 * pixels.
 *
 * <pre>
 * 1.2.840.10008.1.2                  implicit VR little endian
 * 1.2.840.10008.1.2.1                explicit VR little endian
 * 1.2.840.10008.1.2.1.99             deflated
 * 1.2.840.10008.1.2.2                explicit VR big endian
 * 1.2.840.10008.1.2.5                RLE
 * 1.2.840.10008.1.2.4.57, .70        JPEG lossless
 * 1.2.840.10008.1.2.4.90, .91        JPEG 2000
 * </pre>
 *
 * Pixels of one sample, 8 or 16 bits allocated, are decoded; others are UNSUPPORTED_PIXELS. What
 * follows PixelData is not looked at. No bytes, however made, lead to another exception than {@link
 * DicomDefectException}.
 */
public final class BuiltinDicomReader implements DicomReader {
  private final DicomLimits limits;

  public BuiltinDicomReader(DicomLimits limits) {
    this.limits = limits;
  }

  /** With {@link DicomLimits#defaults()}. */
  public BuiltinDicomReader() {
    this(DicomLimits.defaults());
  }

  @Override
  public String name() {
    return "builtin";
  }

  @Override
  public DicomHeader header(byte[] object) throws DicomDefectException {
    Part10 opened = Part10.open(object, limits);
    HeaderCollector header =
        new HeaderCollector(limits)
            .meta(opened.declaredUid(), opened.sopClassUid(), opened.sopInstanceUid())
            .implementation(opened.implementation());
    ElementReader elements = opened.elements(limits);
    while (elements.next()) {
      if (HeaderCollector.isPixels(elements.tag())) {
        return header.finish(elements.tag());
      }
      header.take(elements);
      elements.skip();
    }
    return header.finish(0);
  }

  @Override
  public Frames frames(byte[] object, DicomHeader header) throws DicomDefectException {
    Part10 opened = Part10.open(object, limits);
    PixelElement pixels = PixelElement.locate(opened, limits);
    TransferSyntax syntax = opened.syntax();
    if (syntax == TransferSyntax.OTHER) {
      throw FrameDecoder.unsupported(opened.declaredUid());
    }
    FrameDecoder.check(header, limits);
    if (syntax.pixels() == TransferSyntax.Pixels.NATIVE) {
      return frame ->
          FrameDecoder.stored(NativePixels.decode(pixels, header, frame, order(syntax)), header);
    }
    if (!pixels.isEncapsulated()) {
      throw FrameDecoder.notEncapsulated();
    }
    FrameDecoder.checkExpansion(header, pixels.bytes().length - pixels.offset(), limits);
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
