package org.headct.ich.domain.error;

/**
 * The run itself worked but its data failed a check (more rejects than {@code max-reject-ratio},
 * books that do not close), so nothing was published. Ends with exit code 1 and one line.
 */
public final class DataRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataRefusedException(String message) {
    super(message);
  }
}
