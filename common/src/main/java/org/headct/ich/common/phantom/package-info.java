@NullMarked
package org.headct.ich.common.phantom;

import org.jspecify.annotations.NullMarked;
