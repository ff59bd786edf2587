package org.headct.ich.domain.dicom.codec;

import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReader;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;

/**
 * Runner of a library's decoder on a code stream whose frame size was checked before. It writes
 * nothing to disk. It creates readers by class, because the global ImageIO registry belongs to the
 * first class loader; under Spark that is not ours.
 */
final class Codec {
  private Codec() {}

  /** Factory of the reader for one frame. */
  interface Maker {
    ImageReader reader() throws IOException;
  }

  /**
   * Decodes a frame to {@code header.rows() * header.columns()} cells, not yet masked.
   *
   * @throws DicomDefectException CODEC_ERROR for anything that the library throws on these bytes,
   *     including {@link Error} and endless recursion. Other virtual machine errors, such as
   *     exhausted memory, pass through: they say nothing about the object
   */
  static short[] decode(String name, Maker maker, Span stream, DicomHeader header)
      throws DicomDefectException {
    try {
      ImageReader reader = maker.reader();
      try (CodeStream input = new CodeStream(stream)) {
        reader.setInput(input, true, true);
        AtomicBoolean warned = new AtomicBoolean();
        reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
        short[] cells = cells(reader.readRaster(0, null), header);
        // A decoder that warns has guessed some values.
        if (input.overrun() || warned.get()) {
          throw new IOException("the code stream is damaged or ends early");
        }
        return cells;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | StackOverflowError failure) {
      throw failed(name, failure);
    } catch (VirtualMachineError | LinkageError fatal) {
      throw fatal;
    } catch (Error failure) {
      throw failed(name, failure);
    }
  }

  private static short[] cells(Raster raster, DicomHeader header) throws IOException {
    int count = header.rows() * header.columns();
    if (raster.getWidth() != header.columns()
        || raster.getHeight() != header.rows()
        || raster.getNumBands() != 1) {
      throw new IOException("the decoded frame has another size than the header says");
    }
    DataBuffer buffer = raster.getDataBuffer();
    if (buffer.getSize() == count) {
      if (buffer instanceof DataBufferUShort unsigned) {
        return unsigned.getData();
      }
      if (buffer instanceof DataBufferShort signed) {
        return signed.getData();
      }
      if (buffer instanceof DataBufferByte bytes) {
        return widen(bytes.getData());
      }
    }
    int[] samples = raster.getSamples(0, 0, header.columns(), header.rows(), 0, (int[]) null);
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = (short) samples[i];
    }
    return values;
  }

  private static short[] widen(byte[] bytes) {
    short[] values = new short[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i];
    }
    return values;
  }

  private static DicomDefectException failed(String name, Throwable failure) {
    return new DicomDefectException(
        DicomDefect.CODEC_ERROR,
        name + ": the decoder failed with " + failure.getClass().getSimpleName(),
        failure);
  }

  static DicomDefectException misfit(String name, String detail) {
    return new DicomDefectException(DicomDefect.CODEC_ERROR, name + ": " + detail);
  }
}
