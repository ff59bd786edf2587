/**
 * Weights to start from: a file of another network, read from any Hadoop file system, and its
 * parameters copied by layer into a network of ours. Knows nothing of Spark.
 */
@NullMarked
package org.headct.ich.networks.weights;

import org.jspecify.annotations.NullMarked;
