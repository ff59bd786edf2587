/**
 * The command {@code maintain}: keeps the tables small without losing snapshots that models need.
 */
@NullMarked
package org.headct.ich.jobs.maintain;

import org.jspecify.annotations.NullMarked;
