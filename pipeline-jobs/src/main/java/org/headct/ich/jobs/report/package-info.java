/**
 * Reports of runs: counts, facts and tables. They are text for the console and JSON for schedulers.
 */
@NullMarked
package org.headct.ich.jobs.report;

import org.jspecify.annotations.NullMarked;
