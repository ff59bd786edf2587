@NullMarked
package org.headct.ich.common.config;

import org.jspecify.annotations.NullMarked;
