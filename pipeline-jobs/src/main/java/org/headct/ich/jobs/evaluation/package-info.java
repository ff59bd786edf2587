/**
 * Evaluation of scores: figures with intervals, by slice and by scan, and their rows in the tables.
 */
@NullMarked
package org.headct.ich.jobs.evaluation;

import org.jspecify.annotations.NullMarked;
