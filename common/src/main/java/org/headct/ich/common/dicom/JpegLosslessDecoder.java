package org.headct.ich.common.dicom;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.util.Iterator;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * JPEG lossless, process 14 with any predictor (ITU-T T.81 Annex H), of 2 to 16 bits and one
 * component, by TwelveMonkeys. Its reader is handed the segments that decoding needs and no others:
 * application data (colour profiles, thumbnails) has no say over stored values.
 */
final class JpegLosslessDecoder {
  private static final String NAME = "JPEG lossless";
  private static final int START_OF_IMAGE = 0xFFD8;
  private static final int LOSSLESS_FRAME = 0xC3;
  private static final int START_OF_SCAN = 0xDA;

  private JpegLosslessDecoder() {}

  static short[] decode(Span stream, DicomHeader header) throws DicomDefectException {
    Span bare = bare(stream, header);
    return Codec.decode(NAME, () -> Provider.SPI.createReaderInstance(null), bare, header);
  }

  /** Checks the frame head against the header and leaves out APPn and COM. */
  private static Span bare(Span stream, DicomHeader header) throws DicomDefectException {
    if (stream.big16(0) != START_OF_IMAGE) {
      throw Codec.misfit(NAME, "no start of image");
    }
    byte[] kept = new byte[stream.length()];
    kept[0] = (byte) 0xFF;
    kept[1] = (byte) 0xD8;
    int size = 2;
    int at = 2;
    boolean framed = false;
    while (true) {
      while (stream.at(at) == 0xFF && stream.at(at + 1) == 0xFF) {
        at++; // fill bytes
      }
      int marker = stream.at(at + 1);
      int length = stream.big16(at + 2);
      if (stream.at(at) != 0xFF || length < 2 || at + 2 + length > stream.length()) {
        throw Codec.misfit(NAME, "a damaged segment at byte " + at);
      }
      if (isFrame(marker)) {
        if (framed) {
          throw Codec.misfit(NAME, "more than one frame head");
        }
        check(stream.from(at), marker, header);
        framed = true;
      }
      boolean isApplication = marker >= 0xE0 && marker <= 0xEF || marker == 0xFE;
      int end = marker == START_OF_SCAN ? stream.length() : at + 2 + length;
      if (!isApplication) {
        System.arraycopy(stream.bytes(), stream.offset() + at, kept, size, end - at);
        size += end - at;
      }
      if (marker == START_OF_SCAN) {
        break;
      }
      at = end;
    }
    if (!framed) {
      throw Codec.misfit(NAME, "no frame head before the scan");
    }
    return new Span(kept, 0, size);
  }

  /** SOFn are C0 to CF, but for DHT (C4), JPG (C8) and DAC (CC). */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static void check(Span frame, int marker, DicomHeader header)
      throws DicomDefectException {
    if (marker != LOSSLESS_FRAME) {
      throw Codec.misfit(NAME, "process " + Integer.toHexString(marker) + " is not lossless");
    }
    int precision = frame.at(4);
    int rows = frame.big16(5);
    int columns = frame.big16(7);
    int components = frame.at(9);
    if (rows != header.rows()
        || columns != header.columns()
        || components != 1
        || precision < 2
        || precision > header.bitsAllocated()) {
      throw Codec.misfit(
          NAME,
          String.format(
              "%d x %d, %d components of %d bits do not fit the header",
              rows, columns, components, precision));
    }
  }

  /**
   * The provider in a registry of its own. It wants the JDK's JPEG reader beside it, which the JDK
   * registers itself, so that is the one thing taken from the global registry.
   */
  private static final class Provider {
    static final ImageReaderSpi SPI = register();

    private Provider() {}

    private static ImageReaderSpi register() {
      ServiceRegistry registry =
          new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
      Iterator<ImageReaderSpi> global =
          IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
      while (global.hasNext()) {
        ImageReaderSpi provider = global.next();
        if (provider
            .getClass()
            .getName()
            .equals("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi")) {
          registry.registerServiceProvider(provider, ImageReaderSpi.class);
        }
      }
      ImageReaderSpi spi = new JPEGImageReaderSpi();
      registry.registerServiceProvider(spi, ImageReaderSpi.class);
      return spi;
    }
  }
}
