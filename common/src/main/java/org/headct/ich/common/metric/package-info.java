@NullMarked
package org.headct.ich.common.metric;

import org.jspecify.annotations.NullMarked;
