/** {@code experiment}: a preset from its input to its pages, by the ordinary jobs. */
@NullMarked
package org.headct.ich.jobs.experiment;

import org.jspecify.annotations.NullMarked;
