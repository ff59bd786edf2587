@NullMarked
package org.headct.ich.jobs.extractfeatures;

import org.jspecify.annotations.NullMarked;
