@NullMarked
package org.headct.ich.common.label;

import org.jspecify.annotations.NullMarked;
