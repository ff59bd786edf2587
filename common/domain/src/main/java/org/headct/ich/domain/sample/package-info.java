/**
 * Which images are trained on, and how often: splits that hold still, groups that stay together,
 * class weights and resampling. Everything follows from a seed and ids, nothing from an order.
 */
@NullMarked
package org.headct.ich.domain.sample;

import org.jspecify.annotations.NullMarked;
