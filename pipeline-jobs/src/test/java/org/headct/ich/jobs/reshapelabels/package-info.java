/** Tests of the command {@code reshape-labels}, and a pipeline that runs it on small files. */
@NullMarked
package org.headct.ich.jobs.reshapelabels;

import org.jspecify.annotations.NullMarked;
