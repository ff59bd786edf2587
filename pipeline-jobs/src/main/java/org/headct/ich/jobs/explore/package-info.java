@NullMarked
package org.headct.ich.jobs.explore;

import org.jspecify.annotations.NullMarked;
