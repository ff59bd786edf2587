/**
 * Files on any Hadoop file system: written whole or not at all, fetched to this machine, and the
 * space that is left on disks.
 */
@NullMarked
package org.headct.ich.jobs.file;

import org.jspecify.annotations.NullMarked;
