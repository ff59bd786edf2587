package org.headct.ich.domain.ct.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.HeadMask;
import org.headct.ich.domain.ct.HeadPhantom;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.ct.TensorBuilder;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.ct.TestImages;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares tensors with OpenCV's, which {@code src/test/golden/tensor_golden.py} made. */
class TensorGoldenTest {
  private static final List<CtWindow> WINDOWS =
      List.of(CtWindow.BONE, CtWindow.BRAIN, CtWindow.SUBDURAL);
  private static final Map<String, byte[]> GOLDEN = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream resource = TensorGoldenTest.class.getResourceAsStream("tensor-golden.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        GOLDEN.put(entry.getName(), zip.readAllBytes());
      }
    }
  }

  /**
   * Compares grey levels; the last column is the number that may be off by one. Both programs round
   * float32 sums, in different orders. Ninths (768 to 512) then give a few levels on the other side
   * of a half. Nothing else differs.
   */
  @ParameterizedTest
  @CsvSource({
    "512, 512, 256, 0",
    "512, 512, 224, 0",
    "512, 512, 64, 0",
    "400, 400, 256, 0",
    "300, 500, 256, 0",
    "768, 640, 128, 11"
  })
  void withinOneGreyLevelOfOpenCv(int rows, int columns, int size, int offByOne) {
    HuImage image = TestImages.seeded(rows, columns, rows * 1000 + size);
    byte[] golden = GOLDEN.get(rows + "x" + columns + "-" + size + ".bin");

    byte[] tensor = new TensorBuilder(new TensorSpec(size, WINDOWS, false)).build(image);

    assertThat(tensor).hasSameSizeAs(golden);
    int differ = 0;
    int worst = 0;
    for (int i = 0; i < tensor.length; i++) {
      int difference = Math.abs((tensor[i] & 0xFF) - (golden[i] & 0xFF));
      worst = Math.max(worst, difference);
      differ += difference == 0 ? 0 : 1;
    }
    assertThat(worst).isLessThanOrEqualTo(1);
    assertThat(differ).isLessThanOrEqualTo(offByOne);
  }

  @Test
  void unitsAreOpenCvs() {
    HuImage image = TestImages.seeded(512, 512, 512 * 1000 + 64);
    short[] stored = new short[image.hu().length];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (short) (image.hu()[i] + 1024);
    }
    DicomHeader header = DicomHeader.builder().rescaleSlope(1.0).rescaleIntercept(-1024.0).build();
    float[] golden = new float[3 * 64 * 64];
    ByteBuffer.wrap(GOLDEN.get("512x512-64.f32"))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(golden);

    float[] units = new float[golden.length];
    new FrameTensorBuilder(new TensorSpec(64, WINDOWS, false))
        .windows(new StoredPixels(512, 512, false, stored), header, units, 0);

    assertThat(units).containsExactly(golden, within(1e-5f));
  }

  @Test
  void headMaskOfThePhantomIsOpenCvs() {
    assertThat(new HeadMask().of(HeadPhantom.image(512))).isEqualTo(mask("mask-phantom.bits"));
  }

  /** Checks blocks of body, 71 % of the pixels, with islands, bridges, inlets and holes. */
  @Test
  void headMaskOfBlocksIsOpenCvs() {
    HuImage image = TestImages.seeded(512, 512, 7);
    for (int i = 0; i < image.hu().length; i++) {
      image.hu()[i] -= 320;
    }
    assertThat(new HeadMask().of(image)).isEqualTo(mask("mask-blocks.bits"));
  }

  private static boolean[] mask(String member) {
    byte[] bits = GOLDEN.get(member);
    boolean[] mask = new boolean[bits.length * 8];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (bits[i / 8] >> 7 - i % 8 & 1) == 1;
    }
    return mask;
  }
}
