/**
 * The convolutional part of a Deeplearning4j graph, computed by oneDNN directly. Activations stay
 * in oneDNN's blocked layouts from layer to layer; batch norm, addition and ReLU are fused.
 * Parameters, gradients, updaters, heads and losses remain Deeplearning4j's.
 */
@NullMarked
package org.headct.ich.networks.onednn;

import org.jspecify.annotations.NullMarked;
