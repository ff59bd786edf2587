/**
 * What several stages do with the objects of a dump: list them, audit them, put the slices of a
 * series in order, make tensors of their pixels.
 */
@NullMarked
package org.headct.ich.jobs.dump;

import org.jspecify.annotations.NullMarked;
