@NullMarked
package org.headct.ich.domain.config;

import org.jspecify.annotations.NullMarked;
