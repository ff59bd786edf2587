/** The {@code select-slices} stage: takes the middle slices of each series and splits them. */
@NullMarked
package org.headct.ich.jobs.selectslices;

import org.jspecify.annotations.NullMarked;
