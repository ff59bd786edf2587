package org.headct.ich.domain.dicom.builtin;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/** Inflation of data sets that are deflated as a whole. */
public final class Inflation {
  private static final int CHUNK_BYTES = 64 << 10;

  private Inflation() {}

  /**
   * Inflates raw deflate (PS3.5 section A.5). If the stream breaks off, the bytes before that are
   * returned; the parser then reports the missing part.
   *
   * @param start the index in {@code object} where the deflated data set begins
   * @param most the maximum number of inflated bytes
   * @throws DicomDefectException LIMIT_EXCEEDED or CODEC_ERROR
   */
  public static byte[] inflate(byte[] object, int start, int most) throws DicomDefectException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(object, start, object.length - start);
      byte[] out = new byte[Math.min(most, CHUNK_BYTES)];
      int size = 0;
      while (!inflater.finished()) {
        if (size == out.length) {
          if (size == most) {
            throw new DicomDefectException(
                DicomDefect.LIMIT_EXCEEDED,
                "the data set inflates to more than " + most + " bytes");
          }
          out = Arrays.copyOf(out, (int) Math.min(most, 2L * size));
        }
        int count = inflater.inflate(out, size, out.length - size);
        size += count;
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
      }
      return size == out.length ? out : Arrays.copyOf(out, size);
    } catch (DataFormatException damaged) {
      throw new DicomDefectException(
          DicomDefect.CODEC_ERROR, "the deflated data set is damaged", damaged);
    } finally {
      inflater.end();
    }
  }
}
