package org.headct.ich.domain.dicom;

import org.jspecify.annotations.Nullable;

/**
 * The header of an object, and what it says about the pixels.
 *
 * @param header the header of the object
 * @param unreadable the reason why the pixels cannot be decoded, or null. It follows from the
 *     header and the object's length: pixels absent or short, syntax or form not supported, size
 *     out of proportion. Damage inside compressed pixels shows only when they are decoded
 */
public record DicomStart(DicomHeader header, @Nullable DicomDefectException unreadable) {}
