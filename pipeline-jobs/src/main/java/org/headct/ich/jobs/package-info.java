/** The Spark jobs of the pipeline. */
@NullMarked
package org.headct.ich.jobs;

import org.jspecify.annotations.NullMarked;
