/**
 * The choice of training images: stable splits, groups of patients, folds, class weights and
 * resampling. Only seeds and ids decide, never the order of the data.
 */
@NullMarked
package org.headct.ich.domain.sample;

import org.jspecify.annotations.NullMarked;
