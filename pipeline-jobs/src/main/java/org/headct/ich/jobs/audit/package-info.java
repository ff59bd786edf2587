/**
 * The audit of DICOM objects by Spark's tasks: reads each object, checks it, counts the findings
 * and reconciles them with the labels. Used by {@code audit-dicom} and {@code predict}.
 */
@NullMarked
package org.headct.ich.jobs.audit;

import org.jspecify.annotations.NullMarked;
