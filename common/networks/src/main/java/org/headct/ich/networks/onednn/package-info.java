/**
 * The convolutional part of a Deeplearning4j graph on oneDNN itself: activations stay in its
 * blocked layouts from layer to layer, and batch norm, addition and ReLU are fused. Parameters,
 * gradients, updaters, heads and losses stay Deeplearning4j's.
 */
@NullMarked
package org.headct.ich.networks.onednn;

import org.jspecify.annotations.NullMarked;
