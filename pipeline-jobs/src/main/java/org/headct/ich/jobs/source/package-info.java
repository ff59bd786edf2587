@NullMarked
package org.headct.ich.jobs.source;

import org.jspecify.annotations.NullMarked;
