package org.headct.ich.domain.dicom;

/**
 * A defect of the object itself; a retry does not help. Only the reader throws it, and it never
 * wraps an I/O fault. The message is one line of tags, offsets and numbers. It never contains a
 * value that could identify a patient.
 */
public final class DicomDefectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DicomDefect defect;

  public DicomDefectException(DicomDefect defect, String message) {
    super(message);
    this.defect = defect;
  }

  /** Keeps the codec's own failure as the cause, for the log. */
  public DicomDefectException(DicomDefect defect, String message, Throwable cause) {
    super(message, cause);
    this.defect = defect;
  }

  public DicomDefect defect() {
    return defect;
  }
}
