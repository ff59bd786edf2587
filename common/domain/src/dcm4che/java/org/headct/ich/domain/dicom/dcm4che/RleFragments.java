package org.headct.ich.domain.dicom.dcm4che;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.io.DicomInputStream;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/** The fragments of RLE pixel data, as dcm4che finds them. */
final class RleFragments {
  private final List<byte[]> fragments;

  private RleFragments(List<byte[]> fragments) {
    this.fragments = fragments;
  }

  /**
   * Reads the fragments from the head of PixelData on.
   *
   * @param in the stream, at an encapsulated PixelData
   * @param bytes the bytes that {@code in} reads
   * @throws DicomDefectException SHORT_PIXEL_DATA if they end early
   */
  static RleFragments read(DicomInputStream in, byte[] bytes) throws DicomDefectException {
    List<byte[]> fragments = new ArrayList<>();
    try {
      while (in.readItemHeader()) {
        int start = (int) in.getPosition();
        in.skipFully(ObjectStream.defined(in, bytes));
        fragments.add(Arrays.copyOfRange(bytes, start, (int) in.getPosition()));
      }
    } catch (IOException | RuntimeException ended) {
      throw new DicomDefectException(
          DicomDefect.SHORT_PIXEL_DATA,
          "encapsulated PixelData ends early, after " + fragments.size() + " complete items",
          ended);
    }
    // The first item is the basic offset table.
    return new RleFragments(
        fragments.isEmpty() ? fragments : fragments.subList(1, fragments.size()));
  }

  /**
   * Returns the bytes of a frame of RLE, which is one fragment (PS3.5 section A.4.2). Several
   * fragments are accepted for a single frame, because some writers cut it.
   */
  byte[] frame(int frame, int frames) throws DicomDefectException {
    if (fragments.size() < frames) {
      throw new DicomDefectException(
          DicomDefect.SHORT_PIXEL_DATA, fragments.size() + " fragments for " + frames + " frames");
    }
    if (fragments.size() == frames) {
      return fragments.get(frame);
    }
    if (frames > 1) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, fragments.size() + " fragments of RLE for " + frames + " frames");
    }
    byte[] joined = new byte[fragments.stream().mapToInt(fragment -> fragment.length).sum()];
    int at = 0;
    for (byte[] fragment : fragments) {
      System.arraycopy(fragment, 0, joined, at, fragment.length);
      at += fragment.length;
    }
    return joined;
  }
}
