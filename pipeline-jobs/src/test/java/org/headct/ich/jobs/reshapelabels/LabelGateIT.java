package org.headct.ich.jobs.reshapelabels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headct.ich.jobs.reshapelabels.LabelPipeline.LONG;
import static org.headct.ich.jobs.reshapelabels.LabelPipeline.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.StagedTable;
import org.headct.ich.jobs.table.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validation publishes nothing that breaks the table's constraints. */
class LabelGateIT {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final int EPIDURAL = Subtype.EPIDURAL.bit() | Subtype.ANY.bit();

  @TempDir private Path folder = Path.of("");

  private LabelPipeline labels = new LabelPipeline(folder);
  private Path first = folder;

  @BeforeEach
  void firstLoad() throws IOException {
    labels = new LabelPipeline(folder);
    first = labels.write("first.csv", LONG + image("ID_00000a", 0) + image("ID_00000b", EPIDURAL));
    labels.reshape(first, "labels.prevalence.any=0.4,0.6");
  }

  @Test
  void aPrevalenceOutOfItsBandPublishesNothing() throws IOException {
    long snapshot = labels.snapshot();
    long ledger = labels.pipeline().warehouse().snapshot(new LabelFindingsTable());
    Path second =
        labels.write(
            "second.csv", LONG + image("ID_00000c", EPIDURAL) + image("ID_00000d", EPIDURAL) + "x");

    assertThatThrownBy(() -> labels.reshape(second, "labels.prevalence.any=0.4,0.6"))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContainingAll(
            "3 of 4 images (0.7500)",
            "any",
            "labels.prevalence.any = [0.4, 0.6]",
            "nothing was published")
        .hasMessageNotContaining("epidural,");

    assertThat(labels.snapshot()).isEqualTo(snapshot);
    assertThat(labels.branches()).isEmpty();
    assertThat(labels.pipeline().warehouse().snapshot(new LabelFindingsTable())).isEqualTo(ledger);

    labels.reshape(second);
    assertThat(labels.labels()).hasSize(4);
  }

  /** Another program wrote a second row for an image. */
  @Test
  void anImageThatStandsThereTwiceIsFound() throws IOException {
    Warehouse warehouse = labels.pipeline().warehouse();
    StagedTable staged = warehouse.stage(LABELS, warehouse.snapshot(LABELS), note("other"));
    staged.append(LABELS, one(new ImageLabels("ID_00000a", 0)));
    staged.publish(Map.of());
    Path second = labels.write("second.csv", LONG + image("ID_00000c", 0));

    assertThatThrownBy(() -> labels.reshape(second))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContaining("1 rows have an image_id that another row has");
    assertThat(labels.branches()).isEmpty();
  }

  /** The census counts the rows of the table, even if another program wrote them. */
  @Test
  void theCensusSeesEachBrokenPromise() {
    Warehouse warehouse = labels.pipeline().warehouse();
    warehouse.iceberg(LABELS).updateSchema().makeColumnOptional("subdural").commit();
    labels
        .pipeline()
        .context()
        .spark()
        .sql(
            "INSERT INTO ich.labels VALUES ('ID_00000n', 0, 0, 0, 0, NULL, 0), ('ID_00000i', 0, 0, 7, 0, 0, 1), ('ID_00000m', 0, 0, 0, 0, 0, 1)");

    LabelCensus census = LabelCensus.of(labels.pipeline().context().spark(), "ich.labels");

    assertThat(census.images()).isEqualTo(5);
    assertThat(census.nulls()).isEqualTo(1);
    assertThat(census.invalid()).isEqualTo(1);
    assertThat(census.mismatches()).isGreaterThanOrEqualTo(1);
  }

  /** The run that publishes second started from an old snapshot, so it is refused. */
  @Test
  void ofTwoRunsAtOnceTheSecondStepsBack() {
    Warehouse warehouse = labels.pipeline().warehouse();
    try (StagedTable one = warehouse.stage(LABELS, warehouse.snapshot(LABELS), note("one"));
        StagedTable two = warehouse.stage(LABELS, warehouse.snapshot(LABELS), note("two"))) {
      one.append(LABELS, one(new ImageLabels("ID_00000c", 0)));
      two.append(LABELS, one(new ImageLabels("ID_00000c", EPIDURAL)));
      one.publish(Map.of("test", "one"));

      assertThatThrownBy(() -> two.publish(Map.of("test", "two")))
          .isInstanceOf(DataRefusedException.class)
          .hasMessageContainingAll("ich.labels", "another run", "run it again");
    }
    assertThat(labels.labels()).containsEntry("ID_00000c", 0).hasSize(3);
    assertThat(warehouse.property(LABELS, "test")).contains("one");
    assertThat(labels.branches()).isEmpty();
  }

  /** The findings are read and written again. Findings published in between must not be lost. */
  @Test
  void ofTwoLedgersAtOnceTheSecondStepsBack() {
    Warehouse warehouse = labels.pipeline().warehouse();
    LabelFindingsTable ledger = new LabelFindingsTable();
    long seen = warehouse.snapshot(ledger);
    JavaRDD<LabelFindingsTable.Entry> entries =
        labels
            .pipeline()
            .context()
            .javaSpark()
            .parallelize(
                List.of(new LabelFindingsTable.Entry("1", "BAD_VALUE", "", "a.csv", 2, 1, "x")), 1);
    warehouse.replace(ledger, entries, seen, note("one"), Map.of());

    assertThatThrownBy(() -> warehouse.replace(ledger, entries, seen, note("two"), Map.of()))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContainingAll("ich.label_findings", "another run");
    assertThat(warehouse.summary(ledger)).containsEntry("ich.run-id", "one");
  }

  private JavaRDD<ImageLabels> one(ImageLabels image) {
    return labels.pipeline().context().javaSpark().parallelize(List.of(image), 1);
  }

  private static SnapshotNote note(String run) {
    return new SnapshotNote(run, "test", "test", "test", Map.of());
  }

  @Test
  void theReportComparesWithWhatIsExpected() throws IOException {
    Path second = labels.write("second.csv", LONG + image("ID_00000c", EPIDURAL));

    JobReport report =
        labels.reshape(
            second,
            "labels.expected.images=3",
            "labels.expected.any=2",
            "labels.expected.epidural=1");

    assertThat(report.facts())
        .containsEntry("images expected", "3: as expected")
        .containsEntry("any", "2 (66.67 %), expected 2: as expected")
        .containsEntry("epidural", "2 (66.67 %), expected 1: +1")
        .containsEntry("subdural", "0 (0.00 %)");
  }
}
