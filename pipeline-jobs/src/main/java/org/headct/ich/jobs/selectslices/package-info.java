@NullMarked
package org.headct.ich.jobs.selectslices;

import org.jspecify.annotations.NullMarked;
