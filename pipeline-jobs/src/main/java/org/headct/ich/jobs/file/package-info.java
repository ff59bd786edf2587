/** Files on any Hadoop file system: atomic writes, local copies, and the free space of disks. */
@NullMarked
package org.headct.ich.jobs.file;

import org.jspecify.annotations.NullMarked;
