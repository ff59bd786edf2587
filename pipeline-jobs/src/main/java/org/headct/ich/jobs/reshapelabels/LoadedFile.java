package org.headct.ich.jobs.reshapelabels;

/**
 * A label file whose rows are in the tables.
 *
 * @param file its name, as findings show it
 * @param version fingerprint of name, size and version when it was read
 * @param load files read by one run share a number; a later load corrects an earlier one
 */
record LoadedFile(String file, String version, int load) {}
