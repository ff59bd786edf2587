/** One class of the notebooks' kernel, which replaces the kernel's own. */
@NullMarked
package org.rapaio.jupyter.kernel.channels;

import org.jspecify.annotations.NullMarked;
