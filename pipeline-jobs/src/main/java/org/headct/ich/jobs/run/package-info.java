@NullMarked
package org.headct.ich.jobs.run;

import org.jspecify.annotations.NullMarked;
