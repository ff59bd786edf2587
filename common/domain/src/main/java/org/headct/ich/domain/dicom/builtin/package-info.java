/** The built-in reader of DICOM files (PS3.10), and the writer of phantoms. */
@NullMarked
package org.headct.ich.domain.dicom.builtin;

import org.jspecify.annotations.NullMarked;
