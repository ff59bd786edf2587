/** Scoring of a dump without labels by the model of a run. */
@NullMarked
package org.headct.ich.jobs.predict;

import org.jspecify.annotations.NullMarked;
