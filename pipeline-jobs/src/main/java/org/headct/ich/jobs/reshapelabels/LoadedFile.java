package org.headct.ich.jobs.reshapelabels;

/**
 * A label file whose rows are in the tables.
 *
 * @param file the name that findings show
 * @param version the fingerprint of name, size and version when the file was read
 * @param load the number of its load: files read by one run share it; a later load corrects an
 *     earlier one
 */
record LoadedFile(String file, String version, int load) {}
