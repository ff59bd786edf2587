package org.headct.ich.domain.dicom;

import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of an object tell without a look at its pixels.
 *
 * @param header of the object
 * @param unreadable why the pixels can not be decoded as far as the header and the object's length
 *     tell (absent, short, a syntax or form that is not read, out of proportion), or null; damage
 *     inside of compressed pixels shows only when they are decoded
 */
public record DicomStart(DicomHeader header, @Nullable DicomDefectException unreadable) {}
