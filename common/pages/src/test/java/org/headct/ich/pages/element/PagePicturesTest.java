package org.headct.ich.pages.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PagePicturesTest {
  @Test
  void everyGreyValueComesBack() throws Exception {
    byte[] grey = new byte[256 * 3];
    new Random(3).nextBytes(grey);
    for (int i = 0; i < 256; i++) {
      grey[i] = (byte) i;
    }
    assertThat(decode(Pictures.png(grey, 3, 256))).isEqualTo(grey);
    assertThat(decode(Pictures.png(grey, 256, 3))).isEqualTo(grey);
  }

  @Test
  void theChannelsOfATensorAreItsWindowsInOrder() throws Exception {
    byte[] tensor = {1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6};
    List<Picture> pictures = Pictures.windows(tensor, 2, 3, List.of("brain", "bone"));
    assertThat(pictures).extracting(Picture::name).containsExactly("brain", "bone");
    assertThat(pictures).allMatch(one -> one.heightPixels() == 2 && one.widthPixels() == 3);
    String base64 = pictures.get(1).dataUri().substring("data:image/png;base64,".length());
    assertThat(decode(Base64.getDecoder().decode(base64)))
        .isEqualTo(new byte[] {-1, -2, -3, -4, -5, -6});
  }

  @Test
  void aWrongShapeIsRefused() {
    assertThatThrownBy(() -> Pictures.windows(new byte[11], 2, 3, List.of("a", "b")))
        .hasMessage("expected 2×2×3 bytes, got 11");
    assertThatThrownBy(() -> new Picture("x", 1, 1, "https://example.org/x.png"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] decode(byte[] png) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    int pixels = image.getWidth() * image.getHeight();
    return (byte[])
        image
            .getRaster()
            .getDataElements(0, 0, image.getWidth(), image.getHeight(), new byte[pixels]);
  }
}
