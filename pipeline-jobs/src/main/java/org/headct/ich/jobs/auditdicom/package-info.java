@NullMarked
package org.headct.ich.jobs.auditdicom;

import org.jspecify.annotations.NullMarked;
