/** The objects of an input: listing and reading files and zip members on any file system. */
@NullMarked
package org.headct.ich.jobs.source;

import org.jspecify.annotations.NullMarked;
