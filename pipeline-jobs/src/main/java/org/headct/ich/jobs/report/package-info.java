/**
 * Reports of runs: counts, facts and tables, as text for the console and as JSON for schedulers.
 */
@NullMarked
package org.headct.ich.jobs.report;

import org.jspecify.annotations.NullMarked;
