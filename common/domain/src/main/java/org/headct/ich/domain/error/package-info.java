@NullMarked
package org.headct.ich.domain.error;

import org.jspecify.annotations.NullMarked;
