@NullMarked
package org.headct.ich.common.error;

import org.jspecify.annotations.NullMarked;
