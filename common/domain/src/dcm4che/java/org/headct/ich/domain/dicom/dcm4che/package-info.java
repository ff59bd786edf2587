/**
 * Reading of DICOM objects by dcm4che, in builds with the profile of that name alone: no other code
 * refers to this package.
 */
@NullMarked
package org.headct.ich.domain.dicom.dcm4che;

import org.jspecify.annotations.NullMarked;
