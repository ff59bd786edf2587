/** The command {@code make-phantoms}: writes a synthetic dump of DICOM files and labels. */
@NullMarked
package org.headct.ich.jobs.makephantoms;

import org.jspecify.annotations.NullMarked;
