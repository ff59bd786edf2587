@NullMarked
package org.headct.ich.jobs.buildtensors;

import org.jspecify.annotations.NullMarked;
