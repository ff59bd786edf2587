/**
 * Steps on the objects of a dump that several stages share: list the objects, order the slices of a
 * series, make tensors of their pixels.
 */
@NullMarked
package org.headct.ich.jobs.dump;

import org.jspecify.annotations.NullMarked;
