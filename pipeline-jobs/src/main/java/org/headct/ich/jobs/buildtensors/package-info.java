/** The {@code build-tensors} stage: writes tensors of the selected slices to Parquet. */
@NullMarked
package org.headct.ich.jobs.buildtensors;

import org.jspecify.annotations.NullMarked;
