/** One class of the notebooks' kernel, in the place of the kernel's own. */
@NullMarked
package org.rapaio.jupyter.kernel.channels;

import org.jspecify.annotations.NullMarked;
