/** Jobs that run other jobs: {@code refresh} and {@code experiment}. */
@NullMarked
package org.headct.ich.jobs.chains;

import org.jspecify.annotations.NullMarked;
