package org.headct.ich.domain.dicom;

import java.util.Objects;
import java.util.Optional;

/**
 * Reader of a DICOM object from memory. Implementations are stateless; threads can share an
 * instance.
 */
public interface DicomReader {

  /** Returns the name of this reader in the configuration. */
  String name();

  /**
   * Reads the header only. An object with damaged pixels still yields its identifiers. Objects
   * without pixels (reports, plans) have a header with zero rows.
   *
   * @throws DicomDefectException NOT_DICOM, TRUNCATED, BAD_HEADER or LIMIT_EXCEEDED
   */
  DicomHeader header(byte[] object) throws DicomDefectException;

  /**
   * Reads the header from the first bytes and checks the pixels as far as the header allows. A few
   * kilobytes suffice for an object of half a megabyte.
   *
   * @param start the first bytes of the object, or all of them
   * @param objectBytes the size of the whole object, in bytes
   * @return empty if these bytes are too few to judge the object; never empty for the whole object
   * @throws DicomDefectException as {@link #header}
   */
  Optional<DicomStart> start(byte[] start, long objectBytes) throws DicomDefectException;

  /**
   * Decodes the stored values of one frame.
   *
   * @param header the header of this object
   * @param frame the 0-based index of the frame
   * @throws DicomDefectException any defect except NOT_CT
   * @throws IndexOutOfBoundsException if {@code frame} is not in [0, header.frames())
   */
  default StoredPixels pixels(byte[] object, DicomHeader header, int frame)
      throws DicomDefectException {
    Objects.checkIndex(frame, header.frames());
    return frames(object, header).frame(frame);
  }

  /**
   * Decodes the stored values of one frame into a reused array, if the reader supports it. Earlier
   * values in the array are overwritten.
   *
   * @param reuse the array to fill; it is used only if its length is the frame's number of pixels
   *     and the reader supports it, and otherwise left unchanged
   */
  default StoredPixels pixels(byte[] object, DicomHeader header, int frame, short[] reuse)
      throws DicomDefectException {
    return pixels(object, header, frame);
  }

  /**
   * Opens an object once for all its frames. Calling {@link #pixels} for 65,536 frames would walk,
   * and inflate, the object 65,536 times.
   *
   * @param header the header of this object
   * @throws DicomDefectException any defect except NOT_CT
   */
  Frames frames(byte[] object, DicomHeader header) throws DicomDefectException;

  /** The frames of an opened object. Not thread-safe. */
  @FunctionalInterface
  interface Frames {
    /**
     * Decodes the stored values of one frame.
     *
     * @param index the 0-based index, in [0, header.frames())
     * @throws DicomDefectException any defect except NOT_CT
     */
    StoredPixels frame(int index) throws DicomDefectException;
  }
}
