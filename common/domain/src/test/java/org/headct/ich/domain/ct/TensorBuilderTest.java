package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;

class TensorBuilderTest {
  private static final List<CtWindow> WINDOWS =
      List.of(CtWindow.BONE, CtWindow.BRAIN, CtWindow.SUBDURAL);

  private static byte[] channel(byte[] tensor, int channel, int size) {
    return Arrays.copyOfRange(tensor, channel * size * size, (channel + 1) * size * size);
  }

  private static Set<Integer> levels(byte[] tensor) {
    Set<Integer> levels = new TreeSet<>();
    for (byte level : tensor) {
      levels.add(level & 0xFF);
    }
    return levels;
  }

  @Test
  void channelsInTheOrderGivenEachItsOwnWindow() {
    HuImage image = TestImages.seeded(512, 512, 7);
    HuImage mean = new AreaResampler().resample(image, 224);
    List<CtWindow> order = List.of(CtWindow.SUBDURAL, CtWindow.BONE);
    byte[] tensor = new TensorBuilder(new TensorSpec(224, order, false)).build(image);
    byte[] expected = new byte[2 * 224 * 224];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) order.get(i / (224 * 224)).grey(mean.hu()[i % (224 * 224)]);
    }
    assertThat(Arrays.equals(tensor, expected)).isTrue();
  }

  @Test
  void rowsRunAcross() {
    float[] hu = new float[512 * 512];
    for (int x = 0; x < 512; x++) {
      hu[x] = 80;
    }
    byte[] tensor =
        new TensorBuilder(new TensorSpec(512, List.of(CtWindow.BRAIN), false))
            .build(new HuImage(512, 512, hu));
    assertThat(tensor[0] & 0xFF).isEqualTo(255);
    assertThat(tensor[511] & 0xFF).isEqualTo(255);
    assertThat(tensor[512] & 0xFF).isZero();
  }

  /** Checks that the mean of blood and bone is taken in HU; a window first would give 191. */
  @Test
  void meanComesBeforeTheWindow() {
    float[] hu = new float[512 * 512];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = i % 2 == 0 ? 40 : 1040;
    }
    byte[] tensor =
        new TensorBuilder(new TensorSpec(256, List.of(CtWindow.BRAIN), false))
            .build(new HuImage(512, 512, hu));
    assertThat(levels(tensor)).containsExactly(255);
  }

  @Test
  void constantStaysConstant() {
    for (int side : new int[] {512, 300, 640}) {
      byte[] tensor =
          new TensorBuilder(new TensorSpec(256, WINDOWS, false))
              .build(TestImages.constant(side, side, 40));
      assertThat(levels(channel(tensor, 0, 256))).containsExactly(CtWindow.BONE.grey(40));
      assertThat(levels(channel(tensor, 1, 256))).containsExactly(CtWindow.BRAIN.grey(40));
      assertThat(levels(channel(tensor, 2, 256))).containsExactly(CtWindow.SUBDURAL.grey(40));
    }
  }

  @Test
  void brighterImageIsNowhereDarker() {
    HuImage image = TestImages.seeded(400, 400, 3);
    float[] brighter = image.hu().clone();
    for (int i = 0; i < brighter.length; i++) {
      brighter[i] += i % 5;
    }
    TensorBuilder builder = new TensorBuilder(new TensorSpec(100, WINDOWS, false));
    byte[] before = builder.build(image);
    byte[] after = builder.build(new HuImage(400, 400, brighter));
    assertThat(after).isNotEqualTo(before);
    int darker = 0;
    for (int i = 0; i < before.length; i++) {
      darker += (after[i] & 0xFF) < (before[i] & 0xFF) ? 1 : 0;
    }
    assertThat(darker).isZero();
  }

  @Test
  void nothingIsLeftOfTheImageBefore() {
    TensorSpec spec = new TensorSpec(96, WINDOWS, true);
    TensorBuilder reused = new TensorBuilder(spec);
    List<HuImage> images =
        List.of(
            TestImages.seeded(512, 512, 1),
            TestImages.seeded(300, 500, 2),
            TestImages.seeded(500, 300, 3),
            TestImages.seeded(512, 512, 4),
            TestImages.seeded(640, 640, 5));
    for (HuImage image : images) {
      float[] untouched = image.hu().clone();
      assertThat(reused.build(image)).isEqualTo(new TensorBuilder(spec).build(image));
      assertThat(Arrays.equals(image.hu(), untouched)).isTrue();
    }
  }

  @Test
  void headMaskMakesTheRestBlack() {
    HuImage image = HeadPhantom.image(512);
    byte[] plain =
        new TensorBuilder(new TensorSpec(256, List.of(CtWindow.BONE), false)).build(image);
    byte[] masked =
        new TensorBuilder(new TensorSpec(256, List.of(CtWindow.BONE), true)).build(image);
    int table = 250 * 256 + 128;
    int brain = 128 * 256 + 128;
    assertThat(plain[table] & 0xFF).isPositive();
    assertThat(masked[table]).isZero();
    assertThat(masked[brain]).isEqualTo(plain[brain]);
  }

  @Test
  void specIsChecked() {
    assertThatThrownBy(() -> new TensorSpec(8, WINDOWS, false))
        .isInstanceOf(UserException.class)
        .hasMessage("tensors.size must be in [16, 1024], got 8");
    assertThatThrownBy(() -> new TensorSpec(2048, WINDOWS, false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("got 2048");
    assertThatThrownBy(() -> new TensorSpec(256, List.of(), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tensors.windows");
    assertThatThrownBy(() -> new TensorSpec(256, List.of(CtWindow.BONE, CtWindow.BONE), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'bone' twice");
    assertThat(new TensorSpec(256, WINDOWS, false).lengthBytes()).isEqualTo(196_608);
  }
}
