/** ND4J inside Spark: how arrays travel, and which GPU a task computes on. */
@NullMarked
package org.headct.ich.jobs.nd4j;

import org.jspecify.annotations.NullMarked;
