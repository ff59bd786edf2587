@NullMarked
package org.headct.ich.jobs.reshapelabels;

import org.jspecify.annotations.NullMarked;
