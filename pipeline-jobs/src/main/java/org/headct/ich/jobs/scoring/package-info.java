/** Scores, features and heat maps of a saved network, computed by Spark tasks. */
@NullMarked
package org.headct.ich.jobs.scoring;

import org.jspecify.annotations.NullMarked;
