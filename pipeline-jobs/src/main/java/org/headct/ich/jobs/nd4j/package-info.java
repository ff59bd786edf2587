/** ND4J inside Spark: the serialisation of arrays, and the GPU of a task. */
@NullMarked
package org.headct.ich.jobs.nd4j;

import org.jspecify.annotations.NullMarked;
