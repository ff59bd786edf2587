/**
 * Initial weights: reads a file of another network and copies its parameters, layer by layer, into
 * a network of this project. No class here depends on Spark.
 */
@NullMarked
package org.headct.ich.networks.weights;

import org.jspecify.annotations.NullMarked;
