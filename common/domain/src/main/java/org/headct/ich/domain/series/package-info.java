/**
 * Series of slices: the kinds of images, the order of a series, the choice among a scan's series,
 * and the middle slices.
 */
@NullMarked
package org.headct.ich.domain.series;

import org.jspecify.annotations.NullMarked;
