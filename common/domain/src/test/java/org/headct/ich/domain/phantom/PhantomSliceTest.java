package org.headct.ich.domain.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.label.Subtype;
import org.junit.jupiter.api.Test;

class PhantomSliceTest {
  private static final PhantomSettings SMALL =
      PhantomSettings.of(40, 11).withSize(128).withSlices(8);

  @Test
  void theSameSettingsGiveTheSameBytesInAnyOrder() throws NoSuchAlgorithmException {
    PhantomDump first = new PhantomDump(SMALL);
    PhantomDump second = new PhantomDump(SMALL);
    String forwards = hash(first.patient(3).slice(2)) + hash(first.patient(5).slice(4));
    String five = hash(second.patient(5).slice(4));
    assertThat(hash(second.patient(3).slice(2)) + five).isEqualTo(forwards);
  }

  @Test
  void anotherSeedGivesAnotherPatient() throws NoSuchAlgorithmException {
    PhantomSlice one = new PhantomDump(SMALL).patient(0).slice(4);
    PhantomSlice other =
        new PhantomDump(PhantomSettings.of(40, 12).withSize(128).withSlices(8)).patient(0).slice(4);
    assertThat(one.imageId()).isNotEqualTo(other.imageId());
    assertThat(hash(one)).isNotEqualTo(hash(other));
  }

  /** Compares the labels with the area of blood-like pixels well inside the skull. */
  @Test
  void labelsAgreeWithTheBloodThatThePixelsShow() {
    PhantomDump dump = new PhantomDump(SMALL.withPrevalence(1));
    PhantomDump healthy = new PhantomDump(SMALL.withPrevalence(0));
    List<Double> shown = new ArrayList<>();
    List<Double> absent = new ArrayList<>();
    for (int p = 0; p < 40; p++) {
      PhantomSlice slice = dump.patient(p).slice(4);
      double area = slice.bloodMm2().getOrDefault(Subtype.INTRAPARENCHYMAL, 0.0);
      if (area > 400) {
        shown.add(BrightArea.ofBlood(slice) / area);
      }
      PhantomSlice none = healthy.patient(p).slice(4);
      assertThat(none.labels()).isEmpty();
      absent.add(BrightArea.ofBlood(none));
    }
    assertThat(shown)
        .hasSizeGreaterThan(3)
        .allSatisfy(ratio -> assertThat(ratio).isGreaterThan(0.5));
    // Calcified plexus and sinus look like blood at their edges, but their area is small.
    assertThat(absent).allSatisfy(area -> assertThat(area).isLessThan(160));
    assertThat(absent.stream().mapToDouble(a -> a).average().orElseThrow()).isLessThan(40);
  }

  @Test
  void aSubtypeIsLabelledFromTheDocumentedAreaOn() {
    PhantomDump dump = new PhantomDump(SMALL.withPrevalence(1));
    for (int p = 0; p < 10; p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        Set<Subtype> labels = slice.labels();
        slice
            .bloodMm2()
            .forEach(
                (subtype, area) ->
                    assertThat(labels.contains(subtype))
                        .isEqualTo(area >= PhantomSlice.VISIBLE_MM2));
        assertThat(labels.contains(Subtype.ANY)).isEqualTo(labels.size() > 1);
      }
    }
  }

  @Test
  void tissuesHaveTheirHounsfieldUnits() {
    PhantomDump dump = new PhantomDump(SMALL.withPrevalence(0));
    for (int p = 0; p < 12; p++) {
      int[] hu = hounsfield(dump.patient(p).slice(4));
      int[] sorted = hu.clone();
      Arrays.sort(sorted);
      int[] brain = Arrays.stream(sorted).filter(v -> v > 0 && v < 80).toArray();
      int[] bone = Arrays.stream(sorted).filter(v -> v > 300).toArray();
      int[] air = Arrays.stream(sorted).filter(v -> v > -1500 && v < -900).toArray();
      assertThat(brain[brain.length / 2]).isBetween(22, 40);
      assertThat(bone[bone.length * 9 / 10]).isBetween(800, 1600);
      assertThat(air[air.length / 2]).isBetween(-1003, -997);
      assertThat(brain.length).isGreaterThan(hu.length / 8);
    }
  }

  @Test
  void everySubtypeOccursAndSubduralLeadsEpidural() {
    PhantomDump dump = new PhantomDump(SMALL.withPrevalence(1));
    int[] counts = new int[6];
    for (int p = 0; p < 40; p++) {
      for (Subtype subtype : dump.patient(p).slice(4).labels()) {
        counts[subtype.ordinal()]++;
      }
    }
    assertThat(counts).doesNotContain(0);
    assertThat(counts[Subtype.SUBDURAL.ordinal()])
        .isGreaterThan(counts[Subtype.EPIDURAL.ordinal()]);
    assertThat(counts[Subtype.ANY.ordinal()]).isGreaterThan(24);
  }

  private static int[] hounsfield(PhantomSlice slice) {
    StoredPixels pixels = slice.pixels();
    int[] hu = new int[pixels.values().length];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = pixels.at(i) - 1024;
    }
    return hu;
  }

  private static String hash(PhantomSlice slice) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(slice.bytes()));
  }
}
