package org.headct.ich.networks.weights;

import java.nio.file.Path;

/**
 * A file of weights on this machine.
 *
 * @param path path to read; a copy if the user's file is on other storage
 * @param name the user's name for it, for messages and for the record of the run
 * @param lengthBytes its length in bytes
 * @param sha256 SHA-256 of its bytes, in hexadecimal
 */
public record WeightsFile(Path path, String name, long lengthBytes, String sha256) {}
