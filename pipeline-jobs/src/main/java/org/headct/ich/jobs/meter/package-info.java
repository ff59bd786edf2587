/** Counters of a running command, and the Spark plugin that publishes them as metrics. */
@NullMarked
package org.headct.ich.jobs.meter;

import org.jspecify.annotations.NullMarked;
