package org.headct.ich.domain.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.junit.jupiter.api.Test;

class PhantomDumpTest {
  private static final PhantomSettings SMALL = PhantomSettings.of(6, 4).withSize(64).withSlices(6);

  @Test
  void labelRowsHaveTheFormAndOrderOfTheCompetition() {
    for (PhantomSlice slice : new PhantomDump(SMALL).patient(1).slices()) {
      List<String> rows = slice.labelLines();
      assertThat(rows).hasSize(6);
      for (Subtype subtype : Subtype.ALL) {
        assertThat(rows.get(subtype.ordinal()))
            .matches("ID_[0-9a-f]{9}_" + subtype.column() + ",[01]")
            .startsWith(slice.imageId())
            .endsWith(slice.labels().contains(subtype) ? "1" : "0");
      }
    }
  }

  @Test
  void fileNamesAreUniqueImageIds() {
    PhantomDump dump = new PhantomDump(SMALL);
    Set<String> paths = new HashSet<>();
    for (int p = 0; p < 6; p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        PhantomFile file = slice.files().get(0);
        paths.add(file.path());
        assertThat(file.path()).isEqualTo("stage_2_train/" + slice.imageId() + ".dcm");
        assertThat(DumpTags.text(DumpTags.of(file.bytes()), 0x0008_0018))
            .isEqualTo(slice.imageId());
      }
    }
    assertThat(paths).hasSize(36);
  }

  @Test
  void idsAreABijection() {
    RsnaIds ids = new RsnaIds(9);
    Set<String> seen = new HashSet<>();
    for (int patient = 0; patient < 200; patient++) {
      for (int slot = 0; slot < 100; slot++) {
        seen.add(ids.image(patient, slot));
      }
    }
    assertThat(seen).hasSize(20_000);
  }

  @Test
  void slicesOfASeriesStepAlongItsNormal() {
    PhantomDump dump = new PhantomDump(SMALL);
    for (int p = 0; p < 6; p++) {
      List<PhantomSlice> slices = dump.patient(p).slices();
      double[] first = slices.get(0).header().imagePositionMm();
      double[] last = slices.get(5).header().imagePositionMm();
      double[] o = slices.get(0).header().imageOrientation();
      assertThat(o).isNotNull();
      double[] normal = {
        o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
      };
      double along = 0;
      for (int i = 0; i < 3; i++) {
        along += (last[i] - first[i]) * normal[i];
      }
      assertThat(along).isCloseTo(25, org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  @Test
  void bothPixelDescriptionsOfTheCompetitionOccur() {
    PhantomDump dump = new PhantomDump(PhantomSettings.of(40, 4).withSize(32).withSlices(1));
    Set<String> kinds = new HashSet<>();
    for (int p = 0; p < 40; p++) {
      var header = dump.patient(p).slice(0).header();
      assertThat(header.rescaleIntercept()).isEqualTo(-1024.0);
      kinds.add(header.transferSyntaxUid() + " " + header.bitsStored() + " " + header.signed());
    }
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "1.2.840.10008.1.2 12 false",
            "1.2.840.10008.1.2.1 12 false",
            "1.2.840.10008.1.2.1 16 true");
  }

  @Test
  void theDataSetHasTheAttributesOfRealFilesAndNoOthers() throws IOException {
    Path sample = sample();
    assumeTrue(Files.exists(sample), "skipped: no " + sample + " (see shared/data/README.md)");
    Set<Set<Integer>> real = new HashSet<>();
    try (ZipFile zip = new ZipFile(sample.toFile())) {
      List<ZipEntry> entries = new ArrayList<>(zip.stream().toList());
      entries.removeIf(entry -> !entry.getName().endsWith(".dcm"));
      for (int i = 0; i < entries.size(); i += 20) {
        try (var in = zip.getInputStream(entries.get(i))) {
          real.add(dataSet(DumpTags.of(in.readAllBytes())));
        }
      }
    }
    PhantomDump dump = new PhantomDump(SMALL);
    for (int p = 0; p < 6; p++) {
      assertThat(real).contains(dataSet(DumpTags.of(dump.patient(p).slice(3).bytes())));
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedWithValueAndRange() {
    assertThatThrownBy(() -> PhantomSettings.of(0, 1))
        .isInstanceOf(UserException.class)
        .hasMessage("phantom patients must be 1 to 1000000, got 0");
    assertThatThrownBy(() -> SMALL.withPrevalence(1.5)).hasMessageContaining("got 1.5");
    assertThatThrownBy(() -> SMALL.withSize(16)).hasMessageContaining("32 to 1024");
    assertThatThrownBy(() -> new PhantomDump(SMALL).patient(6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Set<Integer> dataSet(Map<Integer, byte[]> tags) {
    Set<Integer> set = new HashSet<>(tags.keySet());
    set.removeIf(tag -> tag >>> 16 == 2);
    return set;
  }

  /**
   * Returns the sample beside the repository. The top folder of the repository holds {@code .mvn}.
   */
  private static Path sample() {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    return folder.resolve("../shared/data/rsna-sample.zip").normalize();
  }
}
