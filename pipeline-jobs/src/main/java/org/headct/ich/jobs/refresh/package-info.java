@NullMarked
package org.headct.ich.jobs.refresh;

import org.jspecify.annotations.NullMarked;
