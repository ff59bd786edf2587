/** How good scores are: figures with intervals, the rows of the tables, published figures. */
@NullMarked
package org.headct.ich.jobs.evaluation;

import org.jspecify.annotations.NullMarked;
