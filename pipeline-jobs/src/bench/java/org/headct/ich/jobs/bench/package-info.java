/** Benchmarks that the scripts in {@code deploy/bench} run. They are not tests. */
@NullMarked
package org.headct.ich.jobs.bench;

import org.jspecify.annotations.NullMarked;
