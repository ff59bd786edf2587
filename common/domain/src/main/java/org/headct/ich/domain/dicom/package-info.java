/**
 * DICOM objects (PS3.10 files): a reader turns a byte array into a header and stored pixel values,
 * in pure Java. It treats input as hostile: every input gives a value or a {@link
 * org.headct.ich.domain.dicom.DicomDefectException}.
 */
@NullMarked
package org.headct.ich.domain.dicom;

import org.jspecify.annotations.NullMarked;
