/** {@code maintain}: keeps the tables small without losing what a model names. */
@NullMarked
package org.headct.ich.jobs.maintain;

import org.jspecify.annotations.NullMarked;
