package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.ScanFinding;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.ScanLabelsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.CtHeaders;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects with real UIDs meet their labels, whichever form the label file has. */
class LabelsByUidIT {
  private static final String ROOT = "1.2.840.113619.2.5.17628.";
  private static final String STUDY = ROOT + "1";
  private static final String SERIES = ROOT + "2";
  private static final String PATIENT = "MRN/4711";
  private static final String SIX =
      ",any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural\n";
  private static final int SLICES = 5;
  private static final int SIZE = 64;
  private static final int SUBDURAL = Subtype.ANY.bit() | Subtype.SUBDURAL.bit();

  @TempDir private Path folder = Path.of("");

  private final Pseudonyms pseudonyms = new Pseudonyms(PseudonymKey.fromEnvironment());

  @BeforeEach
  void writeDump() throws IOException {
    Path dump = Files.createDirectories(folder.resolve("dump"));
    for (int z = 0; z < SLICES; z++) {
      short[] values = new short[SIZE * SIZE];
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) (1000 + (i + z) % 97);
      }
      byte[] object =
          DicomWriter.write(
              CtHeaders.axial(SIZE, 5.0 * z)
                  .sopInstanceUid(uid(z))
                  .studyInstanceUid(STUDY)
                  .seriesInstanceUid(SERIES)
                  .patientId(PATIENT)
                  .build(),
              new StoredPixels(SIZE, SIZE, true, values));
      Files.write(dump.resolve("IM%04d.dcm".formatted(z)), object);
    }
  }

  private static String uid(int z) {
    return ROOT + (100 + z);
  }

  private Pipeline pipeline(String labels) throws IOException {
    Path file = Files.writeString(folder.resolve("labels.csv"), labels, StandardCharsets.UTF_8);
    return new Pipeline(
        TestSpark.session(),
        folder,
        "labels.input=" + file,
        "dicom.input=" + folder.resolve("dump"),
        "tensors.size=64",
        "split.test=0",
        "split.validation=0",
        "max-reject-ratio=0.9");
  }

  /** Returns a wide file; every slice has the same labels. */
  private static String wide(String column, String before, String after) {
    StringBuilder text = new StringBuilder(column + SIX);
    for (int z = 0; z < SLICES; z++) {
      text.append(before).append(uid(z)).append(after).append(",1,0,0,0,0,1\n");
    }
    return text.toString();
  }

  private void assertLabelled(Pipeline pipeline) {
    pipeline.run(Pipeline.refreshJob());
    assertThat(pipeline.rows(new TensorsTable()))
        .hasSize(2 * SLICES)
        .allSatisfy(tensor -> assertThat(tensor.labels().bits()).isEqualTo(SUBDURAL));
  }

  @Test
  void aWideFileNamesTheUids() throws IOException {
    Pipeline pipeline = pipeline(wide("SOPInstanceUID", "", ""));
    assertLabelled(pipeline);
    assertThat(pipeline.rows(new LabelsTable()))
        .extracting(ImageLabels::imageId)
        .containsExactlyInAnyOrderElementsOf(
            pipeline.rows(new SlicesTable()).stream().map(SlicesTable.Slice::imageId).toList())
        .contains(pseudonyms.of(uid(0)));
    assertThat(pipeline.rows(new LabelFindingsTable())).isEmpty();
  }

  @Test
  void aWideFileNamesFilesOfTheUids() throws IOException {
    assertLabelled(pipeline(wide("filename", "\"C:\\dump, new\\", ".DCM\"")));
  }

  /** An image that is named by its UID and by its pseudonym is one image. */
  @Test
  void aLongFileNamesUidsAndPseudonyms() throws IOException {
    StringBuilder text = new StringBuilder(",ID,Label,fold\n");
    for (int z = 0; z < SLICES; z++) {
      for (String id : List.of(uid(z), "dump/" + uid(z) + ".dcm", pseudonyms.of(uid(z)))) {
        for (Subtype subtype : Subtype.ALL) {
          boolean one = (SUBDURAL & subtype.bit()) != 0;
          text.append("%d,%s_%s,%s,3\n".formatted(z, id, subtype.column(), one ? "True" : "0.00"));
        }
      }
    }
    Pipeline pipeline = pipeline(text.toString());
    assertLabelled(pipeline);
    assertThat(pipeline.rows(new LabelFindingsTable()))
        .hasSize(2 * 6 * SLICES)
        .allMatch(f -> f.reason().equals("DUPLICATE_ROW"));
  }

  @Test
  @Tag("nightly")
  void readsNameTheStudyTheSeriesOrThePatient() throws IOException {
    String votes =
        ScanFinding.HAEMORRHAGE.stream()
            .map(f -> f == ScanFinding.ICH || f == ScanFinding.SDH ? ",1" : ",0")
            .reduce("", String::concat);
    String header =
        ScanFinding.HAEMORRHAGE.stream()
            .map(f -> ",R1:" + f.published())
            .reduce("", String::concat);
    for (List<String> name :
        List.of(
            List.of("StudyInstanceUID", STUDY),
            List.of("name", SERIES),
            List.of("PatientID", PATIENT))) {
      Path own = Files.createDirectories(folder.resolve(name.get(0)));
      Path file =
          Files.writeString(
              own.resolve("r.csv"), name.get(0) + header + "\n" + name.get(1) + votes);
      Pipeline pipeline =
          new Pipeline(
              TestSpark.session(),
              own,
              "labels.input=" + file,
              "dicom.input=" + folder.resolve("dump"),
              "tensors.size=64",
              "split.test=0",
              "split.validation=0");
      assertLabelled(pipeline);
      assertThat(pipeline.rows(new ScanLabelsTable()))
          .map(scan -> scan.scanId())
          .containsExactly(pseudonyms.of(name.get(1)));
    }
  }

  /** Findings quote what is wrong, and name objects by their pseudonyms. */
  @Test
  void noTableHoldsAUid() throws IOException {
    String rows =
        """
        %1$s,1,0,0,0,0,1
        %1$s
        %1$s,%1$s,0,0,0,0,1
        %1$s,1,/data/MEIER/%1$s.dcm,0,0,0,1
        """
            .formatted(uid(0));
    Pipeline pipeline = pipeline("SOPInstanceUID" + SIX + rows);
    pipeline.run(new ReshapeLabelsJob());
    assertThat(pipeline.rows(new LabelFindingsTable()))
        .extracting(LabelFindingsTable.Entry::value)
        .containsExactlyInAnyOrder(
            "1 fields instead of 7",
            "any: " + pseudonyms.of(uid(0)),
            "…/%s.dcm".formatted(pseudonyms.of(uid(0))));
    assertThat(pipeline.sql("SELECT * FROM ich.labels").toString()).doesNotContain(ROOT);
  }

  /** The run says that no label names an image, and how label files must name them. */
  @Test
  void labelsOfOtherImagesEndWithTheRemedy() throws IOException {
    Pipeline pipeline = pipeline(wide("filename", "", "9"));
    String remedy = "the label files name other images than the DICOM objects (ID_";
    assertThatThrownBy(() -> pipeline.run(Pipeline.refreshJob()))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "has no rows of dataset binary: " + remedy,
            " in ich.labels, against ID_",
            " in ich.slices)",
            "SOP Instance UID",
            "ICH_PSEUDONYM_KEY")
        .hasMessageNotContainingAny("\n", "run select-slices", ROOT);
    JobReport report = pipeline.run(new SelectSlicesJob());
    assertThat(report.outcome()).startsWith("0 middle slices selected: " + remedy);
  }

  @Test
  void labelFilesThatGaveNoImageAreTold() throws IOException {
    Pipeline pipeline = pipeline("SOPInstanceUID" + SIX + uid(0) + ",1,0,0,0,0,0\n");
    assertThatThrownBy(() -> pipeline.run(Pipeline.refreshJob(), "max-reject-ratio=1"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("ich.labels has no labels: ich.label_findings says why");
  }

  @Test
  void aFileOfAHeaderOnlyIsNamed() throws IOException {
    List<String> headers =
        new ArrayList<>(List.of("ID,Label", "ID,Label\r\n\r\n", "# x\nID" + SIX));
    for (String text : headers) {
      assertThatThrownBy(() -> pipeline(text).run(new ReshapeLabelsJob()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("labels.csv:")
          .hasMessageContaining("the file ends after its header")
          .hasMessageNotContaining("\n");
    }
  }
}
