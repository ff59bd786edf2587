@NullMarked
package org.headct.ich.jobs.table;

import org.jspecify.annotations.NullMarked;
