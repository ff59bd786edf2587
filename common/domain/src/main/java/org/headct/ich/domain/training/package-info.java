/**
 * The settings of a training run, and the choices that they name. {@code TrainConfig} reads them
 * and checks their ranges.
 */
@NullMarked
package org.headct.ich.domain.training;

import org.jspecify.annotations.NullMarked;
