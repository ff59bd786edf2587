/** The {@code audit-dicom} stage: reads the objects of a dump and publishes slices and findings. */
@NullMarked
package org.headct.ich.jobs.auditdicom;

import org.jspecify.annotations.NullMarked;
