/**
 * The fast path of the label files: millions of rows in primitive arrays instead of an object each.
 *
 * <p>The rules stand in {@link org.headct.ich.domain.label}. This package applies them through
 * {@code RowRules} and {@code LabelPivot}, except in two shortcuts. {@code LongFormReader} reads
 * the plainest lines from their bytes. {@code LabelBits.clean} answers for images without a
 * finding. Both must give the same labels and the same findings as the plain path; {@code
 * LabelRulesPropertyTest} compares the two paths over all forms.
 */
@NullMarked
package org.headct.ich.domain.label.packed;

import org.jspecify.annotations.NullMarked;
