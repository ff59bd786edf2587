/** The tables of the catalog {@code ich}: their columns, how rows are read and published. */
@NullMarked
package org.headct.ich.jobs.table;

import org.jspecify.annotations.NullMarked;
