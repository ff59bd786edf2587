/**
 * The networks as Deeplearning4j graphs: the published architectures, the heads and their loss.
 * Knows nothing of Spark.
 */
@NullMarked
package org.headct.ich.jobs.network;

import org.jspecify.annotations.NullMarked;
