@NullMarked
package org.headct.ich.domain.phantom;

import org.jspecify.annotations.NullMarked;
