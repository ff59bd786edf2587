/** Benchmarks: programs to run by {@code deploy/bench}, never tests. */
@NullMarked
package org.headct.ich.jobs.bench;

import org.jspecify.annotations.NullMarked;
