/** Synthetic head CT: seeded patients, their slices, labels and defects, as a dump of files. */
@NullMarked
package org.headct.ich.domain.phantom;

import org.jspecify.annotations.NullMarked;
