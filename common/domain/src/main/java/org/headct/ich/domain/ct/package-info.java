/**
 * CT images: rescale to Hounsfield units, head mask, windows, and the tensors made of them. {@link
 * org.headct.ich.domain.ct.SliceAudit} audits single objects.
 */
@NullMarked
package org.headct.ich.domain.ct;

import org.jspecify.annotations.NullMarked;
