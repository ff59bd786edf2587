@NullMarked
package org.headct.ich.common.sample;

import org.jspecify.annotations.NullMarked;
