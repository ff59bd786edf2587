@NullMarked
package org.headct.ich.jobs.makephantoms;

import org.jspecify.annotations.NullMarked;
