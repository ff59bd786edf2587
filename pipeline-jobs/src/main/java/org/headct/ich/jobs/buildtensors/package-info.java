/** The {@code build-tensors} stage: makes tensors of the selected slices and writes them to Parquet. */
@NullMarked
package org.headct.ich.jobs.buildtensors;

import org.jspecify.annotations.NullMarked;
