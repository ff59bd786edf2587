@NullMarked
package org.headct.ich.common.ct;

import org.jspecify.annotations.NullMarked;
