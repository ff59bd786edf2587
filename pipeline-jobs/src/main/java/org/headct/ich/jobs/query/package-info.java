/**
 * SQL over the tables, for commands that ask them: statements and what is wrong with them, the
 * questions in {@code resources/sql} and the views that give them names, and what changed between
 * two snapshots.
 */
@NullMarked
package org.headct.ich.jobs.query;

import org.jspecify.annotations.NullMarked;
