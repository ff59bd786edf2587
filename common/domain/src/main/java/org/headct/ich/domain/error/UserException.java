package org.headct.ich.domain.error;

/**
 * A mistake that the person who started the run can mend: a missing file, an unknown key, a value
 * out of range. Its message is one line that says what, where, which value and the remedy; the
 * command line prints that line alone and ends with exit code 2.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
