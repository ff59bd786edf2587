/** The project's own reader of DICOM files (PS3.10), and the writer of phantom files. */
@NullMarked
package org.headct.ich.domain.dicom.builtin;

import org.jspecify.annotations.NullMarked;
