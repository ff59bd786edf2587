/**
 * The command {@code reshape-labels}: reads label files and writes the tables of image labels, scan
 * labels and label findings. The rules for rows and images stand in {@link
 * org.headct.ich.domain.label}.
 */
@NullMarked
package org.headct.ich.jobs.reshapelabels;

import org.jspecify.annotations.NullMarked;
