/** The two errors that end a command with one line instead of a stack trace. */
@NullMarked
package org.headct.ich.domain.error;

import org.jspecify.annotations.NullMarked;
