@NullMarked
package org.headct.ich.domain.ct;

import org.jspecify.annotations.NullMarked;
