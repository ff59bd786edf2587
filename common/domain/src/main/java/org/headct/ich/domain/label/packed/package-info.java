/**
 * The fast path of the label files: millions of rows in primitive arrays instead of an object each.
 *
 * <p>The plain rules stand in {@link org.headct.ich.domain.label}: {@code LabelLine} reads a row,
 * {@code LabelPivot} makes an image's labels of its rows. This package must give the same labels
 * and the same findings; {@code LabelPivotPropertyTest} and {@code LongFormReaderTest} hold it to
 * that.
 */
@NullMarked
package org.headct.ich.domain.label.packed;

import org.jspecify.annotations.NullMarked;
