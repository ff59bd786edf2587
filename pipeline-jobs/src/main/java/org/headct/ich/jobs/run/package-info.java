/** The run of a command: command line, Spark session, job context, progress and exit code. */
@NullMarked
package org.headct.ich.jobs.run;

import org.jspecify.annotations.NullMarked;
