package org.headct.ich.domain.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Round trips of the encoder. ConformanceIT checks the decoder against real files. */
class JpegLosslessEncoderTest {
  private static DicomHeader header(StoredPixels pixels, int bits) {
    return DicomHeader.builder()
        .transferSyntaxUid(JpegLosslessEncoder.TRANSFER_SYNTAX)
        .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
        .sopInstanceUid("2.25.1")
        .modality("CT")
        .patientId("CQ500-CT-1")
        .studyInstanceUid("2.25.2")
        .seriesInstanceUid("2.25.3")
        .rows(pixels.rows())
        .columns(pixels.columns())
        .photometricInterpretation("MONOCHROME2")
        .bitsAllocated(16)
        .bitsStored(bits)
        .highBit(bits - 1)
        .signed(pixels.signed())
        .rescaleSlope(1.0)
        .rescaleIntercept(-1024.0)
        .build();
  }

  private static void comesBack(StoredPixels pixels, int bits) throws DicomDefectException {
    byte[] frame = JpegLosslessEncoder.encode(pixels, bits);
    short[] read =
        JpegLosslessDecoder.decode(new Span(frame, 0, frame.length), header(pixels, bits));
    assertThat(read).isEqualTo(pixels.values());
    assertThat(frame).endsWith(0xFF, 0xD9);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 12, 16})
  void noiseComesBack(int bits) throws DicomDefectException {
    Random random = new Random(bits);
    short[] values = new short[37 * 53];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) random.nextInt(1 << bits);
    }
    comesBack(new StoredPixels(37, 53, false, values), bits);
  }

  /** Covers every possible difference, from one value to the next and from row to row. */
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65536})
  void everyDifferenceComesBack(int columns) throws DicomDefectException {
    short[] values = new short[65536 * 2];
    int value = 0;
    for (int difference = 0; difference < 65536; difference++) {
      values[2 * difference] = (short) value;
      value += difference;
      values[2 * difference + 1] = (short) value;
    }
    if (columns == 65536) {
      comesBack(new StoredPixels(2, 65535, true, java.util.Arrays.copyOf(values, 2 * 65535)), 16);
    } else {
      comesBack(
          new StoredPixels(32768 / columns, columns, true, java.util.Arrays.copyOf(values, 32768)),
          16);
      comesBack(
          new StoredPixels(
              32768 / columns, columns, false, java.util.Arrays.copyOfRange(values, 98304, 131072)),
          16);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17})
  void otherDepthsAreRefused(int bits) {
    StoredPixels one = new StoredPixels(1, 1, false, new short[1]);
    assertThatThrownBy(() -> JpegLosslessEncoder.encode(one, bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + bits);
  }
}
