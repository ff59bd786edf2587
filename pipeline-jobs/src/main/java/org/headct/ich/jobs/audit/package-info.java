/**
 * Audit of DICOM objects: Spark tasks read and check each object, then all are reconciled with each
 * other and with the labels. {@code audit-dicom} and {@code predict} use it.
 */
@NullMarked
package org.headct.ich.jobs.audit;

import org.jspecify.annotations.NullMarked;
