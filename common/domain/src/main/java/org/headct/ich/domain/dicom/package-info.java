/**
 * Reading of DICOM objects (PS3.10 files) into a header and stored pixel values, in pure Java, from
 * a byte array. Input is treated as hostile: whatever the bytes, the outcome is a value or a {@link
 * org.headct.ich.domain.dicom.DicomDefectException}.
 */
@NullMarked
package org.headct.ich.domain.dicom;

import org.jspecify.annotations.NullMarked;
