package org.headct.ich.domain.error;

/**
 * Data that failed a check, so that nothing was published. Examples: more rejects than {@code
 * max-reject-ratio}, or row counts that do not reconcile. The command line prints the message as
 * one line and ends with exit code 1.
 */
public final class DataRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataRefusedException(String message) {
    super(message);
  }
}
