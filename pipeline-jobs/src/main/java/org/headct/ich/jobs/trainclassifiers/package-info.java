@NullMarked
package org.headct.ich.jobs.trainclassifiers;

import org.jspecify.annotations.NullMarked;
