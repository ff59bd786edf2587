@NullMarked
package org.headct.ich.jobs.evaluatemodel;

import org.jspecify.annotations.NullMarked;
