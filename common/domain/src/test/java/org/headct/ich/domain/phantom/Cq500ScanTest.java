package org.headct.ich.domain.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.LabelForm;
import org.headct.ich.domain.label.Subtype;
import org.junit.jupiter.api.Test;

class Cq500ScanTest {
  private static final PhantomSettings SETTINGS =
      PhantomSettings.of(30, 5).withSize(64).withSlices(6).withLayout(PhantomLayout.CQ500);

  private static final DicomReader READER = new BuiltinDicomReader();

  private static List<PhantomFile> files(PhantomDump dump, int patient) {
    List<PhantomFile> files = new ArrayList<>();
    for (Iterator<PhantomFile> it = dump.part(patient).files(); it.hasNext(); ) {
      files.add(it.next());
    }
    return files;
  }

  @Test
  void aScanHasAPlainSeriesAndAThinOneOfTheSameHead() throws Exception {
    PhantomDump dump = new PhantomDump(SETTINGS);
    List<PhantomFile> files = files(dump, 3);
    assertThat(files)
        .hasSize(18)
        .extracting(PhantomFile::path)
        .startsWith("CQ500CT3/Unknown Study/CT Plain/CT000000.dcm")
        .endsWith("CQ500CT3/Unknown Study/CT Thin Plain/CT000011.dcm")
        .doesNotHaveDuplicates();
    Set<String> series = new HashSet<>();
    Set<String> instances = new HashSet<>();
    for (PhantomFile file : files) {
      DicomHeader header = READER.header(file.bytes());
      boolean thin = file.path().contains("Thin");
      assertThat(header.transferSyntaxUid()).isEqualTo("1.2.840.10008.1.2.4.70");
      assertThat(header.patientId()).isEqualTo("CQ500-CT-3");
      assertThat(header.sliceThicknessMm()).isEqualTo(thin ? 2.5 : 5.0);
      series.add(header.seriesInstanceUid() + thin);
      instances.add(header.sopInstanceUid());
    }
    assertThat(series).hasSize(2);
    assertThat(instances).hasSize(18);
    assertThat(files(dump, 3)).usingRecursiveComparison().isEqualTo(files);

    PhantomSlice plain =
        new PhantomDump(SETTINGS.withLayout(PhantomLayout.RSNA)).patient(3).slice(2);
    byte[] bytes = files.get(2).bytes();
    assertThat(READER.pixels(bytes, READER.header(bytes), 0).values())
        .isEqualTo(plain.pixels().values());
  }

  /** Reads the votes by position, in the order of the published file. */
  @Test
  void threeReadersAgreeOnTheTruthByMajorityAndOneMayErr() {
    PhantomDump dump = new PhantomDump(SETTINGS);
    int dissenting = 0;
    Set<Subtype> seen = EnumSet.noneOf(Subtype.class);
    for (int p = 0; p < SETTINGS.patients(); p++) {
      String[] fields = dump.part(p).labelLines().get(0).split(",");
      assertThat(fields[0]).isEqualTo("CQ500-CT-" + p);
      assertThat(fields).hasSize(2 + 3 * 14);
      Set<Subtype> truth = EnumSet.noneOf(Subtype.class);
      PhantomPatient patient = new PhantomDump(SETTINGS.withLayout(PhantomLayout.RSNA)).patient(p);
      patient.slices().forEach(slice -> truth.addAll(slice.labels()));
      boolean all = true;
      for (int finding = 0; finding < 6; finding++) {
        int votes = 0;
        for (int reader = 0; reader < 3; reader++) {
          votes += Integer.parseInt(fields[2 + 14 * reader + finding]);
        }
        all &= votes % 3 == 0;
        List<Subtype> order =
            List.of(
                Subtype.ANY,
                Subtype.INTRAPARENCHYMAL,
                Subtype.INTRAVENTRICULAR,
                Subtype.SUBDURAL,
                Subtype.EPIDURAL,
                Subtype.SUBARACHNOID);
        // The thin series shows everything that the plain one shows, and may show more.
        if (truth.contains(order.get(finding))) {
          assertThat(votes).isGreaterThanOrEqualTo(2);
          seen.add(order.get(finding));
        }
        if (!patient.isBleeding()) {
          assertThat(votes).isLessThanOrEqualTo(1);
        }
      }
      dissenting += all ? 0 : 1;
    }
    assertThat(dissenting).isBetween(2, 18);
    assertThat(seen).hasSizeGreaterThan(2);
    assertThat(dump.labelHeader())
        .startsWith("name,Category,R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH,R1:BleedLocation-Left")
        .endsWith("R3:MassEffect,R3:MidlineShift");
    assertThat(LabelForm.values()).contains(LabelForm.READS);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> SETTINGS.withDefects(EnumSet.of(Defect.TRUNCATED)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none in CQ500's layout");
    assertThatThrownBy(() -> SETTINGS.withSlices(257))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 to 256");
  }
}
