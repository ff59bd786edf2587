/**
 * The commands {@code extract-features} and {@code train-classifiers}: features of a trained
 * network, and MLlib classifiers on them.
 */
@NullMarked
package org.headct.ich.jobs.classifiers;

import org.jspecify.annotations.NullMarked;
