package org.headct.ich.common.dicom;

/**
 * Reads a DICOM object held whole in memory. Implementations are stateless: one instance serves any
 * number of threads.
 */
public interface DicomReader {

  /** The name by which configuration chooses the reader. */
  String name();

  /**
   * The header alone; nothing is asked of the pixels, so an object with damaged pixels still tells
   * its identifiers. Objects without pixels (reports, plans) have a header with zero rows.
   *
   * @throws DicomDefectException NOT_DICOM, TRUNCATED, BAD_HEADER or LIMIT_EXCEEDED
   */
  DicomHeader header(byte[] object) throws DicomDefectException;

  /**
   * The stored values of one frame.
   *
   * @param header of this same object
   * @param frame 0-based
   * @throws DicomDefectException any defect but NOT_CT
   * @throws IndexOutOfBoundsException if {@code frame} is not in [0, header.frames())
   */
  StoredPixels pixels(byte[] object, DicomHeader header, int frame) throws DicomDefectException;
}
