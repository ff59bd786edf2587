/** The command {@code explore} and its pages: the data set, its tensors, and all runs. */
@NullMarked
package org.headct.ich.jobs.explore;

import org.jspecify.annotations.NullMarked;
