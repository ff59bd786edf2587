package org.headct.ich.domain.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DefectTest {
  private static final PhantomSettings ALL =
      PhantomSettings.of(8, 3).withSize(64).withSlices(9).withDefects(EnumSet.allOf(Defect.class));

  private static final Map<Defect, PhantomSlice> SITES = new EnumMap<>(Defect.class);
  private static final Set<String> PATHS = new HashSet<>();
  private static int files;

  @BeforeAll
  static void draw() {
    PhantomDump dump = new PhantomDump(ALL);
    for (int p = 0; p < ALL.patients(); p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        Defect defect = slice.defect();
        if (defect != null) {
          SITES.put(defect, slice);
        }
        for (PhantomFile file : slice.files()) {
          PATHS.add(file.path());
          files++;
        }
      }
    }
  }

  @Test
  void everyDefectAppearsAndIsCounted() {
    assertThat(SITES.keySet()).isEqualTo(EnumSet.allOf(Defect.class));
    assertThat(new PhantomDump(ALL).defects())
        .hasSize(Defect.values().length)
        .allSatisfy((defect, count) -> assertThat(count).isEqualTo(1));
  }

  @Test
  void noTwoFilesShareAPath() {
    assertThat(PATHS).hasSize(files);
    // One slice is missing; three have a second file.
    assertThat(files).isEqualTo(8 * 9 - 1 + 3);
  }

  @Test
  void shortFilesAreShort() {
    byte[] cut = only(Defect.SHORT_PIXEL_DATA);
    assertThat(DumpTags.of(cut).get(0x7FE0_0010)).hasSize(2 * 64 * 64 * 29 / 100 / 2 * 2);
    assertThat(only(Defect.TRUNCATED)).hasSize(300);
    assertThat(new String(only(Defect.NOT_DICOM), java.nio.charset.StandardCharsets.US_ASCII))
        .doesNotContain("DICM");
  }

  @Test
  void headersLackOrMisstateWhatTheDefectSays() {
    assertThat(tags(Defect.MISSING_GEOMETRY)).doesNotContainKeys(0x0020_0032, 0x0020_0037);
    assertThat(tags(Defect.NO_RESCALE)).doesNotContainKeys(0x0028_1052, 0x0028_1053);
    assertThat(DumpTags.text(tags(Defect.NOT_CT), 0x0008_0060)).isEqualTo("MR");
    assertThat(DumpTags.text(tags(Defect.UNSUPPORTED_SYNTAX), 0x0002_0010))
        .isEqualTo("1.2.840.10008.1.2.4.80");
    PhantomSlice tied = SITES.get(Defect.TIED_POSITION);
    Map<Integer, byte[]> below =
        DumpTags.of(tied.patient().slice(tied.position() - 1).files().get(0).bytes());
    assertThat(DumpTags.text(tags(Defect.TIED_POSITION), 0x0020_0032))
        .isEqualTo(DumpTags.text(below, 0x0020_0032));
  }

  /** The rule of Repair, written out: HU = ((stored + 1000) and 4095) - 1000. */
  @Test
  void wrappedPixelsUnwrapToTheSoundHounsfieldUnits() {
    Map<Integer, byte[]> tags = tags(Defect.RSNA_WRAP);
    assertThat(DumpTags.number(tags, 0x0028_0101)).isEqualTo(12);
    assertThat(DumpTags.number(tags, 0x0028_0103)).isZero();
    assertThat(DumpTags.text(tags, 0x0028_1052)).isEqualTo("0");
    byte[] stored = tags.get(0x7FE0_0010);
    var sound = SITES.get(Defect.RSNA_WRAP).pixels();
    int wrapped = 0;
    for (int i = 0; i < sound.values().length; i++) {
      int value = stored[2 * i] & 0xFF | (stored[2 * i + 1] & 0xFF) << 8;
      int hu = Math.max(-1000, sound.at(i) - 1024);
      assertThat(((value + 1000) & 4095) - 1000).isEqualTo(hu);
      wrapped += value > 3000 ? 1 : 0;
    }
    assertThat(wrapped).isPositive();
  }

  @Test
  void secondFiles() {
    List<PhantomFile> namesakes = SITES.get(Defect.DUPLICATE_ID).files();
    assertThat(id(namesakes.get(0))).isEqualTo(id(namesakes.get(1)));
    assertThat(pixels(namesakes.get(0))).isNotEqualTo(pixels(namesakes.get(1)));
    List<PhantomFile> twins = SITES.get(Defect.DUPLICATE_PIXELS).files();
    assertThat(id(twins.get(0))).isNotEqualTo(id(twins.get(1)));
    assertThat(pixels(twins.get(0))).isEqualTo(pixels(twins.get(1)));
    PhantomFile localizer = SITES.get(Defect.LOCALIZER).files().get(1);
    assertThat(DumpTags.text(DumpTags.of(localizer.bytes()), 0x0020_0037))
        .isEqualTo("0\\1\\0\\0\\0\\-1");
    PhantomFile renamed = SITES.get(Defect.NAME_MISMATCH).files().get(0);
    assertThat(renamed.path()).doesNotContain(id(renamed));
    assertThat(SITES.get(Defect.MISSING_SLICE).files()).isEmpty();
  }

  @Test
  void labelRows() {
    assertThat(rows(Defect.UNANNOTATED)).isEmpty();
    assertThat(rows(Defect.ORPHAN_LABEL)).hasSize(12);
    assertThat(new HashSet<>(rows(Defect.DUPLICATE_LABEL))).hasSize(6);
    assertThat(rows(Defect.DUPLICATE_LABEL)).hasSize(12);
    assertThat(rows(Defect.BLANK_LABEL).get(0)).endsWith("_epidural,");
    assertThat(rows(Defect.MALFORMED_LABEL).get(0)).contains("-epidural;").doesNotContain(",");
    List<String> conflict = new ArrayList<>(rows(Defect.CONFLICTING_LABEL));
    conflict.removeIf(row -> !row.contains("_subdural,"));
    assertThat(conflict).hasSize(2).doesNotHaveDuplicates();
    List<String> mismatch = rows(Defect.ANY_MISMATCH);
    boolean five = mismatch.subList(0, 5).stream().anyMatch(row -> row.endsWith("1"));
    assertThat(mismatch.get(5)).endsWith(five ? "_any,0" : "_any,1");
  }

  @Test
  void defectsThatDoNotFitAreRefusedInOneLine() {
    PhantomSettings crowded = ALL.withSlices(3);
    assertThatThrownBy(() -> new PhantomDump(crowded))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("21 defects do not fit in 8 patients of 3 slices");
  }

  private static byte[] only(Defect defect) {
    List<PhantomFile> written = SITES.get(defect).files();
    assertThat(written).hasSize(1);
    return written.get(0).bytes();
  }

  private static Map<Integer, byte[]> tags(Defect defect) {
    return DumpTags.of(only(defect));
  }

  private static List<String> rows(Defect defect) {
    return SITES.get(defect).labelLines();
  }

  private static String id(PhantomFile file) {
    return DumpTags.text(DumpTags.of(file.bytes()), 0x0008_0018);
  }

  private static String pixels(PhantomFile file) {
    return Arrays.toString(DumpTags.of(file.bytes()).get(0x7FE0_0010));
  }
}
