/** The command {@code doctor}: checks machine, GPUs, storage and inputs before a job runs. */
@NullMarked
package org.headct.ich.jobs.doctor;

import org.jspecify.annotations.NullMarked;
