/**
 * A second DICOM reader, based on dcm4che. Only builds with the Maven profile {@code dcm4che}
 * contain this package, and no other code refers to it.
 */
@NullMarked
package org.headct.ich.domain.dicom.dcm4che;

import org.jspecify.annotations.NullMarked;
