/** The command {@code sql}: runs statements and prints the rows as table, CSV or JSON. */
@NullMarked
package org.headct.ich.jobs.sql;

import org.jspecify.annotations.NullMarked;
