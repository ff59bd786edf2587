package org.headct.ich.pages.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Tests that the chart library in the jar is the output of deploy/page/vendor.sh, with its licence.
 */
class PageVendorTest {
  @Test
  void theBundleIsTheOneThatWasVendored() throws Exception {
    int files = 0;
    for (String line : Resources.text("vendor/SHA256SUMS").split("\n")) {
      String[] parts = line.split(" +");
      byte[] bytes = Resources.text("vendor/" + parts[1]).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(hash)).as(parts[1]).isEqualTo(parts[0]);
      assertThat(bytes.length).isLessThan(1 << 20);
      files++;
    }
    assertThat(files).isEqualTo(3);
    assertThat(Resources.text("vendor/LICENSE.txt"))
        .contains("Apache License")
        .contains("ZRender")
        .contains("Mike Bostock");
  }
}
