package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.FileKind;

/**
 * An opened object: the meta group is read, and the data set located and, if necessary, inflated.
 *
 * @param bytes the array that holds the data set: the object itself, or its inflated data set
 * @param start the index in {@code bytes} where the data set begins
 * @param syntax the transfer syntax for parsing the data set and decoding its pixels
 * @param declaredUid the transfer syntax as written in the meta group, or that of {@code syntax}
 * @param sopClassUid the SOP class of the meta group
 * @param sopInstanceUid the SOP instance of the meta group
 * @param isRecognised true if only the first element, not the meta group, identified the syntax
 */
@SuppressWarnings("ArrayRecordComponent") // the object itself, in place
record Part10(
    byte[] bytes,
    int start,
    boolean explicit,
    TransferSyntax syntax,
    String declaredUid,
    String sopClassUid,
    String sopInstanceUid,
    String implementation,
    boolean isRecognised) {

  /**
   * The smallest number of bytes that identify an object: preamble, prefix, the head of an element.
   */
  static final int LEAST_BYTES = 140;

  private static final int PREAMBLE_BYTES = 128;

  /**
   * Opens an object.
   *
   * @param object all bytes of the object, or the first of them
   * @param objectBytes the size of the whole object in bytes
   */
  static Part10 open(byte[] object, long objectBytes, DicomLimits limits)
      throws DicomDefectException {
    int start = metaStart(object);
    String uid = "";
    String sopClassUid = "";
    String sopInstanceUid = "";
    String implementation = "";
    ElementReader meta =
        new ElementReader(
            object,
            start,
            object.length,
            Math.max(objectBytes, object.length),
            TransferSyntax.EXPLICIT_LITTLE,
            limits);
    while (littleGroup(object, meta.position()) == 0x0002 && meta.next()) {
      switch (meta.tag()) {
        case Tag.TRANSFER_SYNTAX -> uid = meta.text();
        case Tag.MEDIA_SOP_CLASS -> sopClassUid = meta.text();
        case Tag.MEDIA_SOP_INSTANCE -> sopInstanceUid = meta.text();
        case Tag.IMPLEMENTATION -> implementation = meta.text();
        default -> {}
      }
      meta.skip();
    }
    start = meta.position();
    TransferSyntax syntax = uid.isEmpty() ? recognise(object, start) : TransferSyntax.of(uid);
    String declaredUid = uid.isEmpty() ? syntax.uid() : uid;
    byte[] bytes = object;
    if (syntax == TransferSyntax.DEFLATED) {
      bytes = Inflation.inflate(object, start, limits.maxInflatedBytes());
      start = 0;
    }
    // Some writers name implicit and write explicit. ElementReader handles the reverse.
    boolean explicit = syntax.isExplicit() || startsWithVr(bytes, start);
    return new Part10(
        bytes,
        start,
        explicit,
        syntax,
        declaredUid,
        sopClassUid,
        sopInstanceUid,
        implementation,
        uid.isEmpty());
  }

  /** Returns a cursor over the data set; {@code objectBytes} is the size of the whole object. */
  ElementReader elements(long objectBytes, DicomLimits limits) {
    TransferSyntax layout =
        explicit && !syntax.isExplicit() ? TransferSyntax.EXPLICIT_LITTLE : syntax;
    return new ElementReader(bytes, start, bytes.length, end(objectBytes), layout, limits);
  }

  /** Returns the end of the data set, beyond {@link #bytes} if they are only its start. */
  long end(long objectBytes) {
    return syntax == TransferSyntax.DEFLATED ? bytes.length : Math.max(objectBytes, bytes.length);
  }

  private static int metaStart(byte[] object) throws DicomDefectException {
    if (object.length >= PREAMBLE_BYTES + 4
        && object[PREAMBLE_BYTES] == 'D'
        && object[PREAMBLE_BYTES + 1] == 'I'
        && object[PREAMBLE_BYTES + 2] == 'C'
        && object[PREAMBLE_BYTES + 3] == 'M') {
      return PREAMBLE_BYTES + 4;
    }
    // Without a prefix, the object must begin with the meta group or group 8.
    int little = littleGroup(object, 0);
    int big = Short.toUnsignedInt(Short.reverseBytes((short) little));
    if (object.length >= 8 && (little == 0x0002 || little == 0x0008 || big == 0x0008)) {
      return 0;
    }
    throw new DicomDefectException(DicomDefect.NOT_DICOM, FileKind.of(object).description());
  }

  /** Recognises the syntax of a data set by its first element, if no meta group names it. */
  private static TransferSyntax recognise(byte[] object, int start) {
    if (!startsWithVr(object, start)) {
      return TransferSyntax.IMPLICIT_LITTLE;
    }
    int little = littleGroup(object, start);
    int big = Short.toUnsignedInt(Short.reverseBytes((short) little));
    return Integer.compareUnsigned(big, little) < 0
        ? TransferSyntax.EXPLICIT_BIG
        : TransferSyntax.EXPLICIT_LITTLE;
  }

  private static boolean startsWithVr(byte[] bytes, int start) {
    return bytes.length - start >= 8 && Vr.isKnown(Vr.pack(bytes[start + 4], bytes[start + 5]));
  }

  /**
   * Returns the group of the element at {@code at}, read little endian; -1 if two bytes are not
   * left.
   */
  private static int littleGroup(byte[] bytes, int at) {
    return bytes.length - at < 2 ? -1 : (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }
}
