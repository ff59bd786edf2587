package org.headct.ich.jobs.reshapelabels;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headct.ich.jobs.reshapelabels.LabelPipeline.LONG;
import static org.headct.ich.jobs.reshapelabels.LabelPipeline.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.source.FlakyFileSystem;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.ScanLabelsTable;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of label file gives the same tables, in every kind of storage. */
class LabelFormsIT {
  private static final int EPIDURAL = Subtype.EPIDURAL.bit() | Subtype.ANY.bit();
  private static final int SUBDURAL = Subtype.SUBDURAL.bit() | Subtype.ANY.bit();
  private static final String TWO = LONG + image("ID_00000a", EPIDURAL) + image("ID_000012", 0);
  private static final Map<String, Integer> LABELS_OF_TWO =
      Map.of("ID_00000a", EPIDURAL, "ID_000012", 0);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {"plain.csv", "a.csv.gz", "a.csv.bz2", "a.csv.zst", "rsna.zip", "folder/a.csv"})
  void storedInAnyWay(String name) throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    Path file = labels.write(name, TWO);

    JobReport report = labels.reshape(name.startsWith("folder") ? file.getParent() : file);

    assertThat(labels.labels()).isEqualTo(LABELS_OF_TWO);
    assertThat(report.in()).isEqualTo(12);
    assertThat(report.rejects()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.csv", "a.csv.gz", "a.csv.zst", "rsna.zip"})
  void aHeaderWithoutRowsIsNamed(String name) throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    labels.write("in/" + name, LONG + "# no rows\n\n");
    labels.write("in/b.csv", "patient,age\n1,2\n");
    labels.write("in/c.csv", TWO);

    assertThatThrownBy(() -> labels.reshape(folder.resolve("in")))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(name, "the file ends after its header", "b.csv:1: a label file")
        .hasMessageNotContainingAny("c.csv", "\n");
    assertThat(labels.pipeline().warehouse().exists(new LabelsTable())).isFalse();
  }

  /** Lines end with CR, columns are separated by semicolons, the text is UTF-16. */
  @Test
  void otherLayoutsAreRead() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    labels.write("in/mac.csv", (LONG + image("ID_00000a", EPIDURAL)).replace('\n', '\r'));
    String rows = "index;ID;Label\n" + image("ID_000012", 0).replaceAll("(?m)^", "7;");
    Files.write(
        folder.resolve("in/excel.csv"),
        ("\uFEFFsep=;\r\n" + rows.replace(",", ";").replaceAll("7;$", "")).getBytes(UTF_16LE));

    JobReport report = labels.reshape(folder.resolve("in"));

    assertThat(labels.labels()).isEqualTo(LABELS_OF_TWO);
    assertThat(report.in()).isEqualTo(12);
    assertThat(report.rejects()).isZero();
  }

  @Test
  void severalFilesAreOne() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    String rows = image("ID_00000a", EPIDURAL);
    int half = rows.indexOf("ID_00000a_subarachnoid");
    labels.write("in/one.csv", LONG + rows.substring(half));
    labels.write("in/two.csv.gz", LONG + image("ID_000012", 0) + rows.substring(0, half));

    labels.reshape(folder.resolve("in/*.csv*"));

    assertThat(labels.labels()).isEqualTo(LABELS_OF_TWO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quotes|\"ID\",\"Label\"\\n\"ID_00000a_any\",\"1\"\\n",
        "byte order mark, CRLF|\uFEFFID,Label\\r\\nID_00000a_any,1\\r\\n",
        "columns in another order|Label,ID\\n1,ID_00000a_any\\n",
        "no line end|ID,Label\\nID_00000a_any,1",
        "blank lines|ID,Label\\n\\n  \\nID_00000a_any,1\\n\\n",
        "file names|ID,Label\\nID_00000a.dcm_any,1.0e+00\\n",
        "comments|# by hand\\nID,Label\\n# x\\nID_00000a_any,TRUE\\n",
        "Excel's separator|sep=,\\nID,Label\\nID_00000a_any,1.00\\n"
      })
  void writtenInAnyWay(String what, String start) throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    String newline = start.contains("\\r") ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(start.replace("\\n", "\n").replace("\\r", "\r"));
    for (Subtype subtype : Subtype.FIVE) {
      String id = "ID_00000a_" + subtype.column();
      int label = subtype == Subtype.EPIDURAL ? 1 : 0;
      text.append(text.charAt(text.length() - 1) == '\n' ? "" : newline);
      text.append(start.startsWith("Label") ? label + "," + id : id + "," + label).append(newline);
    }

    labels.reshape(labels.write("labels.csv", text.toString()));

    assertThat(labels.labels()).as(what).isEqualTo(Map.of("ID_00000a", EPIDURAL));
    assertThat(labels.findings()).isEmpty();
  }

  @Test
  void theWideFormIsReadToo() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    Path wide =
        labels.write(
            "wide.csv",
            """
            any,subdural,fold,filename,epidural,intraparenchymal,intraventricular,subarachnoid
            1,0,"a, b",ID_00000a.dcm,1,0,0,0
            0,0,,ID_000012,0,0,0,0
            0,0,,ID_000003,0,,0,0
            1,0,,ID_000004,0,0,0,0
            0,2,,ID_000005,0,0,0,0
            0,0,,ID_000012,0,0,0,0
            0,0
            """);

    JobReport report = labels.reshape(wide, "max-reject-ratio=0.9");

    assertThat(labels.labels()).isEqualTo(LABELS_OF_TWO);
    assertThat(labels.findings())
        .contains(
            "ANY_MISMATCH wide.csv:5 6 ID_000004|any 1, no subtype",
            "BAD_VALUE wide.csv:6 6 |subdural: 2",
            "UNANNOTATED wide.csv:4 6 ID_000003|blank: intraparenchymal")
        .anyMatch(finding -> finding.startsWith("MALFORMED_ROW wide.csv:8 6 |"));
    assertThat(report.rejected()).containsEntry("DUPLICATE_ROW", 6L).containsEntry("BAD_VALUE", 6L);
    assertThat(report.in()).isEqualTo(42);
    assertThat(report.facts().get("columns not used")).contains("fold");
  }

  /** A plain file of the long form is cut into parts at this size; a wide one is not. */
  @Test
  void aLargeWideFileIsReadOnce() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    int images = 150_000;
    StringBuilder text =
        new StringBuilder(
            "ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural\n");
    for (int i = 0; i < images; i++) {
      text.append("ID_%08x,0,0,0,0,0,0\n".formatted(i));
    }

    JobReport report = labels.reshape(labels.write("wide.csv", text.toString()));

    assertThat(report.in()).isEqualTo(6L * images);
    assertThat(report.rejects()).isZero();
    assertThat(labels.labels()).hasSize(images);
  }

  /** One run reads a file of the long form and one of the wide form. */
  @Test
  void formsMayBeMixed() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    labels.write("in/long.csv", LONG + image("ID_00000a", EPIDURAL));
    labels.write(
        "in/wide.csv",
        "ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural\nID_000012,0,0,0,0,0,0\n");

    labels.reshape(folder.resolve("in"));

    assertThat(labels.labels()).isEqualTo(LABELS_OF_TWO);
  }

  @Test
  void readsOfScansBecomeMajoritiesAndVotes() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    StringBuilder header = new StringBuilder("name,Category");
    for (int reader = 1; reader <= 3; reader++) {
      for (String finding :
          "ICH,IPH,IVH,SDH,EDH,SAH,BleedLocation-Left,BleedLocation-Right,ChronicBleed,Fracture,CalvarialFracture,OtherFracture,MassEffect,MidlineShift"
              .split(",")) {
        header.append(",R%d:%s".formatted(reader, finding));
      }
    }
    String none = ",0,0,0,0,0,0,0,0,0,0,0,0,0,0";
    String subdural = ",1,0,0,1,0,0,1,0,0,0,0,0,1,0";
    Path reads =
        labels.write(
            "reads.csv",
            header
                + "\r\nCQ500-CT-0,B1"
                + subdural
                + none
                + subdural
                + "\r\nCQ500-CT-1,B2"
                + none
                + none
                + none
                + "\r\n");

    JobReport report = labels.reshape(reads);

    assertThat(labels.pipeline().rows(new ScanLabelsTable()))
        .extracting(scan -> scan.scanId() + " " + scan.labels("ID_x").bits())
        .containsExactlyInAnyOrder("CQ500-CT-0 " + SUBDURAL, "CQ500-CT-1 0");
    assertThat(
            labels
                .pipeline()
                .sql("SELECT r1_subdural, r2_subdural, mass_effect FROM ich.scan_labels")
                .stream()
                .map(Object::toString))
        .containsExactlyInAnyOrder("[1,0,1]", "[0,0,0]");
    assertThat(report.in()).isEqualTo(12);
    assertThat(report.outcome()).contains("2 scans");
    assertThat(labels.pipeline().warehouse().exists(new LabelsTable())).isFalse();

    assertThat(labels.reshape(reads).outcome()).startsWith("nothing new");
  }

  /** The competition's archive also holds a sample submission, whose values are 0.5. */
  @Test
  void onlyFilesOfTheNameAreLabels() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    labels.write("in/stage_2_train.csv", TWO);
    labels.write("in/stage_2_sample_submission.csv", TWO.replaceAll(",[01]", ",0.5"));
    Path other = labels.write("other.csv", LONG + image("ID_000007", 0));

    labels.reshape(folder.resolve("in") + "," + other, "labels.names=stage_*_train.csv*");

    assertThat(labels.labels()).containsOnlyKeys("ID_00000a", "ID_000012", "ID_000007");
    assertThat(labels.findings()).isEmpty();
  }

  @Test
  void aFormThatIsSetMustBeThere() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    Path file = labels.write("labels.csv", TWO);

    assertThatThrownBy(() -> labels.reshape(file, "labels.form=wide"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("labels.csv", "wide")
        .hasMessageNotContaining("\n");
    labels.reshape(file, "labels.form=long");
    assertThat(labels.labels()).isEqualTo(LABELS_OF_TWO);
  }

  @Test
  void whatIsNoLabelFileIsNamed() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    Path file = labels.write("in/notes.csv", "patient,age\nx,1\n");
    labels.write("in/labels.csv", TWO);

    assertThatThrownBy(() -> labels.reshape(file.getParent()))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("notes.csv", "patient,age")
        .hasMessageNotContaining("\n");
    assertThat(labels.pipeline().warehouse().exists(new LabelsTable())).isFalse();
  }

  /** Files may come from any Hadoop file system. A fault of the file system is no finding. */
  @Test
  void anotherFileSystemServesAsWell() throws IOException {
    LabelPipeline labels = new LabelPipeline(folder);
    Path file = labels.write("labels.csv", LONG + image("ID_00000a", EPIDURAL).repeat(2000));
    var hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
    hadoop.set("fs.flaky.impl", FlakyFileSystem.class.getName());
    hadoop.setBoolean("fs.flaky.impl.disable.cache", true);
    try {
      hadoop.setLong("test.flaky.good-bytes", Files.size(file) / 2);
      assertThatThrownBy(() -> labels.reshape("flaky:" + file))
          .isNotInstanceOf(UserException.class)
          .hasStackTraceContaining("labels.csv")
          .hasStackTraceContaining("connection reset");
      assertThat(labels.pipeline().warehouse().exists(new LabelsTable())).isFalse();

      hadoop.setLong("test.flaky.good-bytes", Long.MAX_VALUE);
      labels.reshape("flaky:" + file, "max-reject-ratio=1");
    } finally {
      hadoop.unset("fs.flaky.impl");
      hadoop.unset("fs.flaky.impl.disable.cache");
      hadoop.unset("test.flaky.good-bytes");
    }
    assertThat(labels.labels()).isEqualTo(Map.of("ID_00000a", EPIDURAL));
  }
}
