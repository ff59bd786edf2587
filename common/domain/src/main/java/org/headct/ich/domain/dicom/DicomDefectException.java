package org.headct.ich.domain.dicom;

/**
 * A defect of the object itself, which no retry cures: thrown by the reader only. The message is
 * one line of tags, offsets and numbers, never a value that could identify a patient. An I/O fault
 * is never wrapped in it.
 */
public final class DicomDefectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DicomDefect defect;

  public DicomDefectException(DicomDefect defect, String message) {
    super(message);
    this.defect = defect;
  }

  /** With the codec's own failure as the cause, for the log. */
  public DicomDefectException(DicomDefect defect, String message, Throwable cause) {
    super(message, cause);
    this.defect = defect;
  }

  public DicomDefect defect() {
    return defect;
  }
}
