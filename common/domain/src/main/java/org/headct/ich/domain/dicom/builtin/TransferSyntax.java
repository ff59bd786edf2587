package org.headct.ich.domain.dicom.builtin;

/** The transfer syntaxes (PS3.6 table A-1) and the encoding of their pixels. */
enum TransferSyntax {
  IMPLICIT_LITTLE("1.2.840.10008.1.2", Pixels.NATIVE),
  EXPLICIT_LITTLE("1.2.840.10008.1.2.1", Pixels.NATIVE),
  DEFLATED("1.2.840.10008.1.2.1.99", Pixels.NATIVE),
  EXPLICIT_BIG("1.2.840.10008.1.2.2", Pixels.NATIVE),
  RLE("1.2.840.10008.1.2.5", Pixels.RLE),
  JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", Pixels.JPEG_LOSSLESS),
  JPEG_LOSSLESS_FIRST_ORDER("1.2.840.10008.1.2.4.70", Pixels.JPEG_LOSSLESS),
  JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", Pixels.JPEG_2000),
  JPEG_2000("1.2.840.10008.1.2.4.91", Pixels.JPEG_2000),
  /**
   * Any other syntax: the data set is explicit little endian (PS3.5 section A.4), the pixels
   * unknown.
   */
  OTHER("", Pixels.UNKNOWN);

  /** The encoding of PixelData. */
  enum Pixels {
    NATIVE,
    RLE,
    JPEG_LOSSLESS,
    JPEG_2000,
    UNKNOWN
  }

  private final String uid;
  private final Pixels pixels;

  TransferSyntax(String uid, Pixels pixels) {
    this.uid = uid;
    this.pixels = pixels;
  }

  static TransferSyntax of(String uid) {
    for (TransferSyntax syntax : values()) {
      if (syntax.uid.equals(uid)) {
        return syntax;
      }
    }
    return OTHER;
  }

  String uid() {
    return uid;
  }

  Pixels pixels() {
    return pixels;
  }

  boolean isBigEndian() {
    return this == EXPLICIT_BIG;
  }

  boolean isExplicit() {
    return this != IMPLICIT_LITTLE;
  }
}
