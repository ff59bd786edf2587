package org.headct.ich.domain.dicom;

import java.util.Objects;
import java.util.Optional;

/**
 * Reads a DICOM object from memory. Implementations are stateless: one instance serves any number
 * of threads.
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
   * The header and what it tells of the pixels, from the first bytes alone: a few kilobytes of half
   * a megabyte.
   *
   * @param start the first bytes of the object, or all of them
   * @param objectBytes how many bytes the object has
   * @return empty where the object can not be judged by so few bytes; never if {@code start} is all
   * @throws DicomDefectException as {@link #header}
   */
  Optional<DicomStart> start(byte[] start, long objectBytes) throws DicomDefectException;

  /**
   * The stored values of one frame.
   *
   * @param header of this same object
   * @param frame 0-based
   * @throws DicomDefectException any defect but NOT_CT
   * @throws IndexOutOfBoundsException if {@code frame} is not in [0, header.frames())
   */
  default StoredPixels pixels(byte[] object, DicomHeader header, int frame)
      throws DicomDefectException {
    Objects.checkIndex(frame, header.frames());
    return frames(object, header).frame(frame);
  }

  /**
   * The same into an array that is used again, where a reader can; what was read into it before is
   * then written over.
   *
   * @param reuse is that of the values that are returned if it has the frame's number of pixels and
   *     the reader can; else it is left alone
   */
  default StoredPixels pixels(byte[] object, DicomHeader header, int frame, short[] reuse)
      throws DicomDefectException {
    return pixels(object, header, frame);
  }

  /**
   * All frames of an object, which is opened once: 65,536 frames of {@link #pixels} would walk, and
   * inflate, it 65,536 times.
   *
   * @param header of this same object
   * @throws DicomDefectException any defect but NOT_CT
   */
  Frames frames(byte[] object, DicomHeader header) throws DicomDefectException;

  /** The frames of an opened object; for one thread. */
  @FunctionalInterface
  interface Frames {
    /**
     * The stored values of one frame.
     *
     * @param index in [0, header.frames())
     * @throws DicomDefectException any defect but NOT_CT
     */
    StoredPixels frame(int index) throws DicomDefectException;
  }
}
