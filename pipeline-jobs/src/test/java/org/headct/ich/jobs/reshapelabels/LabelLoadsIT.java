package org.headct.ich.jobs.reshapelabels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headct.ich.jobs.reshapelabels.LabelPipeline.LONG;
import static org.headct.ich.jobs.reshapelabels.LabelPipeline.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label files that are added later, change, are read again or go. */
class LabelLoadsIT {
  private static final int EPIDURAL = Subtype.EPIDURAL.bit() | Subtype.ANY.bit();
  private static final int SUBDURAL = Subtype.SUBDURAL.bit() | Subtype.ANY.bit();

  @TempDir private Path folder = Path.of("");

  private LabelPipeline labels = new LabelPipeline(folder);
  private Path first = folder;

  @BeforeEach
  void firstLoad() throws IOException {
    labels = new LabelPipeline(folder);
    first =
        labels.write(
            "in/first.csv",
            LONG
                + image("ID_00000a", 0)
                + image("ID_00000b", EPIDURAL)
                + image("ID_00000c", 0)
                + "x\n");
    labels.reshape(first.getParent());
  }

  @Test
  void theSameFileAgainChangesNothingAndSaysSo() throws IOException {
    long snapshot = labels.snapshot();
    long ledger = labels.pipeline().warehouse().snapshot(new LabelFindingsTable());

    assertThat(labels.reshape(first).outcome()).startsWith("nothing new");

    // The time differs, so the file is read again. Its rows are the same.
    Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000));
    JobReport report = labels.reshape(first);
    assertThat(report.outcome()).startsWith("nothing changed: 3 images");
    assertThat(report.facts())
        .containsEntry("images", "0 added, 0 changed, 0 removed, 3 unchanged");
    assertThat(labels.reshape(first).outcome()).startsWith("nothing new");

    assertThat(labels.snapshot()).isEqualTo(snapshot);
    assertThat(labels.pipeline().warehouse().snapshot(new LabelFindingsTable())).isEqualTo(ledger);
  }

  @Test
  void aNewFileAddsAndCorrectsAndLeavesTheRestWhereItIs() throws IOException {
    Map<String, String> before = labels.dataFiles();
    labels.write("in/second.csv", LONG + image("ID_00000b", SUBDURAL) + image("ID_00000d", 0));

    JobReport report = labels.reshape(first.getParent());

    assertThat(labels.labels())
        .isEqualTo(Map.of("ID_00000a", 0, "ID_00000b", SUBDURAL, "ID_00000c", 0, "ID_00000d", 0));
    assertThat(report.in()).as("only the new file is read").isEqualTo(12);
    assertThat(report.facts())
        .containsEntry("images", "1 added, 1 changed, 0 removed, 2 unchanged");
    Map<String, String> after = labels.dataFiles();
    assertThat(after.get("ID_00000a")).isEqualTo(before.get("ID_00000a"));
    assertThat(after.get("ID_00000c")).isEqualTo(before.get("ID_00000c"));
    assertThat(after.get("ID_00000b")).isNotEqualTo(before.get("ID_00000b"));
    assertThat(labels.findings()).containsExactly("MALFORMED_ROW first.csv:20 1 |x");
    assertThat(labels.branches()).isEmpty();
  }

  /** The input names only the new file. The labels of earlier files stay. */
  @Test
  void aNewFileMayComeAlone() throws IOException {
    Path second = labels.write("second.csv", LONG + image("ID_00000d", EPIDURAL));

    labels.reshape(second);

    assertThat(labels.labels())
        .containsOnlyKeys("ID_00000a", "ID_00000b", "ID_00000c", "ID_00000d");
  }

  @Test
  void aFileThatChangedIsReadAgain() throws IOException {
    labels.write(
        "in/first.csv", LONG + image("ID_00000a", 0) + image("ID_00000c", SUBDURAL) + "y\nz\n");

    JobReport report = labels.reshape(first);

    assertThat(labels.labels()).isEqualTo(Map.of("ID_00000a", 0, "ID_00000c", SUBDURAL));
    assertThat(report.facts())
        .containsEntry("images", "0 added, 1 changed, 1 removed, 1 unchanged");
    assertThat(report.facts().get("changed files")).contains("first.csv");
    assertThat(labels.findings())
        .containsExactly("MALFORMED_ROW first.csv:14 1 |y", "MALFORMED_ROW first.csv:15 1 |z");
  }

  @Test
  void aRetractedFileLeavesWhatTheOthersSay() throws IOException {
    Path second =
        labels.write(
            "in/second.csv", LONG + image("ID_00000b", SUBDURAL) + image("ID_00000d", 0) + "q\n");
    labels.reshape(first.getParent());
    Files.delete(second);

    assertThat(labels.reshape(first).outcome()).startsWith("nothing new");
    assertThat(labels.labels()).containsEntry("ID_00000b", SUBDURAL);
    JobReport report = labels.reshape(first, "labels.removed-files=retract");

    assertThat(labels.labels())
        .isEqualTo(Map.of("ID_00000a", 0, "ID_00000b", EPIDURAL, "ID_00000c", 0));
    assertThat(report.facts())
        .containsEntry("images", "0 added, 1 changed, 1 removed, 2 unchanged");
    assertThat(report.facts().get("retracted files")).contains("second.csv");
    assertThat(labels.findings()).containsExactly("MALFORMED_ROW first.csv:20 1 |x");
    assertThat(labels.reshape(first, "labels.removed-files=retract").outcome())
        .startsWith("nothing new");
  }

  /** Loads read one by one give the same table as all loads read again. */
  @Test
  void whatALaterFileLeavesOpenStays() throws IOException {
    labels.write(
        "in/second.csv",
        LONG
            + image("ID_00000b", SUBDURAL).replace("any,1", "any,")
            + image("ID_00000c", EPIDURAL));
    labels.reshape(first.getParent());

    assertThat(labels.labels())
        .isEqualTo(Map.of("ID_00000a", 0, "ID_00000b", EPIDURAL, "ID_00000c", EPIDURAL));
    assertThat(labels.findings())
        .anyMatch(f -> f.startsWith("UNANNOTATED second.csv:7 6 ID_00000b"));

    // Both files are read again as two loads.
    JobReport again = labels.reshape(first.getParent(), "max-reject-ratio=0.6");
    assertThat(again.outcome()).startsWith("nothing changed: 3 images");
    assertThat(again.in()).isEqualTo(31);
    assertThat(again.out()).isEqualTo(24);
    assertThat(again.facts()).containsEntry("corrected by a later file", "1 images");
  }

  /** Two files of one load contradict each other, so neither corrects the other. */
  @Test
  void filesOfOneLoadMustAgree() throws IOException {
    labels.write("in/second.csv", LONG + image("ID_00000d", 0));
    labels.write("in/third.csv", LONG + image("ID_00000d", EPIDURAL));

    labels.reshape(first.getParent(), "max-reject-ratio=1");

    assertThat(labels.labels()).containsOnlyKeys("ID_00000a", "ID_00000b", "ID_00000c");
    assertThat(labels.findings())
        .contains("CONFLICTING_LABEL third.csv:2 8 ID_00000d|0 and 1: epidural, any");
  }

  @Test
  void aFileThatIsNeededAndGoneIsNamed() throws IOException {
    Path second = labels.write("in/second.csv", LONG + image("ID_00000b", SUBDURAL));
    labels.reshape(first.getParent());
    Files.delete(second);
    labels.write("in/first.csv", LONG + image("ID_00000a", EPIDURAL));

    assertThatThrownBy(() -> labels.reshape(first))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("second.csv", "labels.removed-files=retract");
    assertThat(labels.labels()).hasSize(3);
  }

  @Test
  void formAndNamesAreAboutTheInputOnly() throws IOException {
    labels.write(
        "in/second.csv",
        "ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural\n"
            + "ID_00000b,1,0,0,0,0,1\n");
    labels.reshape(first.getParent(), "max-reject-ratio=1");
    labels.write("in/first.csv", LONG + image("ID_00000a", EPIDURAL));

    labels.reshape(first, "labels.form=long", "labels.names=first*");

    assertThat(labels.labels()).containsKeys("ID_00000a", "ID_00000b");
  }

  /** A table that somebody rolled back does not hold the files that it remembers. */
  @Test
  void aTableThatWasRolledBackIsFilledAgain() throws IOException {
    long before = labels.snapshot();
    Path second = labels.write("second.csv", LONG + image("ID_00000d", EPIDURAL));
    labels.reshape(second);
    labels
        .pipeline()
        .warehouse()
        .iceberg(new LabelsTable())
        .manageSnapshots()
        .rollbackTo(before)
        .commit();

    labels.reshape(second);

    assertThat(labels.labels())
        .containsOnlyKeys("ID_00000a", "ID_00000b", "ID_00000c", "ID_00000d");
  }

  @Test
  void filesOfScansAreLoadedAlike() throws IOException {
    String votes = "R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH\n";
    Path reads = labels.write("reads.csv", "name," + votes + "CQ500-CT-1,0,0,0,0,0,0\n");
    labels.reshape(List.of(first, reads).toString().replaceAll("[\\[\\] ]", ""));
    Path more =
        labels.write("more.csv", "name," + votes + "CQ500-CT-1,1,1,0,0,0,0\nA,0,0,0,0,0,0\n");
    labels.reshape(more);
    assertThat(scans()).hasSize(2).anyMatch(scan -> scan.startsWith("CQ500-CT-1 1"));

    JobReport report = labels.reshape(reads + "," + first, "labels.removed-files=retract");

    assertThat(scans()).containsExactly("CQ500-CT-1 0");
    assertThat(report.outcome()).contains("1 scans");
    assertThat(labels.labels()).hasSize(3);
  }

  private List<String> scans() {
    return labels.pipeline().sql("SELECT scan_id, `any` FROM ich.scan_labels").stream()
        .map(row -> row.getString(0) + " " + row.getInt(1))
        .toList();
  }
}
