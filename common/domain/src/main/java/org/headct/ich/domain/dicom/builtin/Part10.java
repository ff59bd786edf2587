package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;

/**
 * An opened object: the meta group read, the data set located and, where deflated, inflated.
 *
 * @param bytes that hold the data set: the object itself, or what was inflated from it
 * @param start of the data set in {@code bytes}
 * @param syntax by which the data set is parsed and its pixels decoded
 * @param declaredUid the transfer syntax as written in the meta group, or {@code syntax}'s
 * @param sopClassUid of the meta group
 * @param sopInstanceUid of the meta group
 * @param isRecognised whether the syntax is recognised by the first element, since no meta group
 *     names it
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

  /** Of an object by which it is told whether it is one: preamble, prefix, an element's head. */
  static final int LEAST_BYTES = 140;

  private static final int PREAMBLE_BYTES = 128;

  static Part10 open(byte[] object, DicomLimits limits) throws DicomDefectException {
    int start = metaStart(object);
    String uid = "";
    String sopClassUid = "";
    String sopInstanceUid = "";
    String implementation = "";
    ElementReader meta =
        new ElementReader(object, start, object.length, TransferSyntax.EXPLICIT_LITTLE, limits);
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
    // Writers that name implicit and write explicit exist; the other way is met element by element.
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

  ElementReader elements(DicomLimits limits) {
    TransferSyntax layout =
        explicit && !syntax.isExplicit() ? TransferSyntax.EXPLICIT_LITTLE : syntax;
    return new ElementReader(bytes, start, bytes.length, layout, limits);
  }

  private static int metaStart(byte[] object) throws DicomDefectException {
    if (object.length >= PREAMBLE_BYTES + 4
        && object[PREAMBLE_BYTES] == 'D'
        && object[PREAMBLE_BYTES + 1] == 'I'
        && object[PREAMBLE_BYTES + 2] == 'C'
        && object[PREAMBLE_BYTES + 3] == 'M') {
      return PREAMBLE_BYTES + 4;
    }
    // Without a prefix the object must begin as a data set does: with the meta group or group 8.
    int little = littleGroup(object, 0);
    int big = Short.toUnsignedInt(Short.reverseBytes((short) little));
    if (object.length >= 8 && (little == 0x0002 || little == 0x0008 || big == 0x0008)) {
      return 0;
    }
    throw new DicomDefectException(
        DicomDefect.NOT_DICOM, "no DICM prefix and no data set at the start of the object");
  }

  /** The syntax of a data set that no meta group names, by its first element. */
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

  /** The group of the element at {@code at} read little endian; -1 where there are no two bytes. */
  private static int littleGroup(byte[] bytes, int at) {
    return bytes.length - at < 2 ? -1 : (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }
}
