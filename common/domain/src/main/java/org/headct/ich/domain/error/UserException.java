package org.headct.ich.domain.error;

/**
 * An invalid command, setting or input that the user can correct. Examples: a missing file, an
 * unknown key, a value out of range. The message is one line: what is wrong, where, which value,
 * and what to do. The command line prints only that line and ends with exit code 2.
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
