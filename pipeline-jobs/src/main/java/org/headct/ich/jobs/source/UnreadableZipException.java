package org.headct.ich.jobs.source;

/**
 * An error for bytes that are no trustworthy zip archive; never a fault of the storage. The message
 * is a clause that follows the archive's name, such as "is cut short".
 */
final class UnreadableZipException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableZipException(String message) {
    super(message);
  }
}
