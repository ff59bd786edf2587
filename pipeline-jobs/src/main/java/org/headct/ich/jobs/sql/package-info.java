@NullMarked
package org.headct.ich.jobs.sql;

import org.jspecify.annotations.NullMarked;
