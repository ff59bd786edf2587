/** The command {@code train-model}. */
@NullMarked
package org.headct.ich.jobs.trainmodel;

import org.jspecify.annotations.NullMarked;
