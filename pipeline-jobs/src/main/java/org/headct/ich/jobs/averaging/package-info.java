/**
 * Training by parameter averaging on Spark: the trainer, the workers, and the exchange of
 * parameters between them.
 */
@NullMarked
package org.headct.ich.jobs.averaging;

import org.jspecify.annotations.NullMarked;
