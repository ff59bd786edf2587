package org.headct.ich.domain.dicom;

import org.jspecify.annotations.Nullable;

/**
 * A defect of the object itself; a retry does not help. Only the reader throws it, and it never
 * wraps an I/O fault. The message is one line of tags, offsets and numbers. It never contains a
 * value that could identify a patient.
 */
public final class DicomDefectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DicomDefect defect;

  /** Not serialised: a task reports the defect by its message. */
  private final transient @Nullable DicomHeader header;

  public DicomDefectException(DicomDefect defect, String message) {
    super(message);
    this.defect = defect;
    header = null;
  }

  /** Keeps the codec's own failure as the cause, for the log. */
  public DicomDefectException(DicomDefect defect, String message, Throwable cause) {
    super(message, cause);
    this.defect = defect;
    header = null;
  }

  private DicomDefectException(DicomDefectException of, DicomHeader header) {
    super(of.getMessage(), of);
    defect = of.defect;
    this.header = header;
  }

  /** Returns this defect with a header that has ids and kind of the object, but no image. */
  public DicomDefectException in(DicomHeader found) {
    return new DicomDefectException(this, found);
  }

  /** Returns the ids and kind of the object if only the description of its image is wrong. */
  public @Nullable DicomHeader header() {
    return header;
  }

  public DicomDefect defect() {
    return defect;
  }
}
