/** Helpers that the integration tests of several packages share. */
@NullMarked
package org.headct.ich.jobs.testing;

import org.jspecify.annotations.NullMarked;
