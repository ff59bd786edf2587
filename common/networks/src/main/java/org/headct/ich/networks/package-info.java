/**
 * The networks as Deeplearning4j graphs: the published architectures, the heads and their loss. No
 * class here depends on Spark.
 */
@NullMarked
package org.headct.ich.networks;

import org.jspecify.annotations.NullMarked;
