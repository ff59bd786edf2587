@NullMarked
package org.headct.ich.jobs.doctor;

import org.jspecify.annotations.NullMarked;
