package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.phantom.Defect;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.domain.phantom.PhantomPatient;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.domain.phantom.PhantomSlice;
import org.junit.jupiter.api.Test;

class HuCheckTest {
  /** Sound slices that show a head. Making them takes longer than all checks of them. */
  private static final List<PhantomSlice> HEADS =
      slices(128, Set.of()).stream().filter(HuCheckTest::showsHead).toList();

  private static List<PhantomSlice> slices(int size, Set<Defect> defects) {
    PhantomSettings settings =
        PhantomSettings.of(6, 7).withSize(size).withSlices(12).withDefects(defects);
    PhantomDump dump = new PhantomDump(settings);
    List<PhantomSlice> slices = new ArrayList<>();
    for (int p = 0; p < settings.patients(); p++) {
      PhantomPatient patient = dump.patient(p);
      slices.addAll(patient.slices());
    }
    return slices;
  }

  private static Rescaled described(PhantomSlice slice, double slope, double intercept) {
    return Rescale.apply(
        slice.pixels(),
        DicomHeader.builder()
            .bitsStored(16)
            .signed(true)
            .rescaleSlope(slope)
            .rescaleIntercept(intercept)
            .build());
  }

  @Test
  void soundPhantomsRaiseNoDoubt() {
    for (int size : new int[] {64, 256}) {
      for (PhantomSlice slice : slices(size, EnumSet.allOf(Defect.class))) {
        Rescaled rescaled = Rescale.apply(slice.pixels(), slice.header());
        assertThat(HuCheck.doubt(rescaled)).as("%s", slice.imageId()).isNull();
      }
    }
  }

  private static boolean showsHead(PhantomSlice slice) {
    return SliceContent.of(slice.pixels(), described(slice, 1, -1024).image()).brainShare() > 0.1;
  }

  private static void assertDoubted(double slope, double intercept) {
    assertThat(HEADS).hasSizeGreaterThan(30);
    assertThat(HEADS)
        .as("slope %s, intercept %s", slope, intercept)
        .allMatch(slice -> HuCheck.doubt(described(slice, slope, intercept)) != null);
  }

  @Test
  void wrongRescalesAreDoubted() {
    assertDoubted(1, -2048);
    assertDoubted(1, 0);
    assertDoubted(10, -1024);
    assertDoubted(10, -10240);
    assertDoubted(2, -1024);
    assertDoubted(-1, -1024);
    assertDoubted(-1, 1024);
    assertDoubted(1e300, -1024);
  }

  @Test
  void swappedBytesAreDoubted() {
    for (PhantomSlice slice : HEADS) {
      StoredPixels sound = slice.pixels();
      for (int mask : new int[] {0xFFFF, 0x0FFF}) {
        short[] swapped = new short[sound.values().length];
        for (int i = 0; i < swapped.length; i++) {
          swapped[i] = (short) (Short.reverseBytes(sound.values()[i]) & mask);
        }
        for (boolean signed : new boolean[] {true, false}) {
          DicomHeader header =
              DicomHeader.builder()
                  .bitsStored(16)
                  .rescaleSlope(1.0)
                  .rescaleIntercept(-1024.0)
                  .build();
          Rescaled rescaled =
              Rescale.apply(
                  new StoredPixels(sound.rows(), sound.columns(), signed, swapped), header);
          assertThat(HuCheck.doubt(rescaled)).as("%s %x", slice.imageId(), mask).isNotNull();
        }
      }
    }
  }

  private static Rescaled image(int padded, float... hu) {
    return new Rescaled(new HuImage(1, hu.length, hu), Set.of(), padded);
  }

  @Test
  void airAndPaddingAloneRaiseNoDoubt() {
    assertThat(HuCheck.doubt(image(4, -1000, -1000, -1000, -1000))).isNull();
    assertThat(HuCheck.doubt(image(0, -1024, -1010, -990, -1000))).isNull();
    assertThat(HuCheck.doubt(image(2, -1000, -1000, -2000, -2000))).isNotNull();
  }
}
