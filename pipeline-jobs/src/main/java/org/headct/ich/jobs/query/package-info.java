/**
 * SQL over the tables: statements and their errors, the questions in {@code resources/sql} with
 * their views, and the changes between two snapshots.
 */
@NullMarked
package org.headct.ich.jobs.query;

import org.jspecify.annotations.NullMarked;
