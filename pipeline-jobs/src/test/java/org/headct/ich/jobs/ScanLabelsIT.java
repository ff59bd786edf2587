package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Annotation;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.ScanFinding;
import org.headct.ich.domain.label.ScanLabels;
import org.headct.ich.domain.label.ScanVotes;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.ScanLabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Bench;
import org.headct.ich.jobs.testing.SliceRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that labels of scans reach the scans' slices in each stage that needs labels of images. */
class ScanLabelsIT {
  private static final int POSITIVE = Subtype.ANY.bit() | Subtype.SUBDURAL.bit();

  @TempDir Path folder = Path.of("");

  private Bench bench = new Bench(folder);

  @BeforeEach
  void freshTables() {
    Path dump = folder.resolve("dump");
    bench =
        new Bench(
            folder,
            "phantoms.output=" + dump,
            "phantoms.patients=2",
            "phantoms.slices=5",
            "phantoms.size=64",
            "dicom.input=" + dump.resolve(PhantomDump.FOLDER),
            "tensors.size=64");
  }

  /** Returns the labels of a scan on which all three readers agree. */
  private static ScanLabels scan(String id, int bits) {
    List<Annotation> votes = new ArrayList<>();
    for (ScanFinding finding : ScanFinding.ALL) {
      boolean seen = finding.subtype().filter(s -> (bits & s.bit()) != 0).isPresent();
      votes.add(seen ? Annotation.POSITIVE : Annotation.NEGATIVE);
    }
    ScanVotes reader = new ScanVotes(votes);
    return new ScanLabels(id, List.of(reader, reader, reader));
  }

  private void fillSlices() {
    List<Slice> slices = new ArrayList<>();
    for (int z = 0; z < 3; z++) {
      slices.add(SliceRows.at("ID_00000a" + z, "CQ500-CT-1", z));
      slices.add(SliceRows.at("ID_00000b" + z, "CQ500-CT-2", z));
      slices.add(SliceRows.at("ID_00000c" + z, "ID_0000000c", z));
    }
    bench.fill(new SlicesTable(), slices);
  }

  private <T> List<T> rows(TableDefinition<T> table) {
    return bench.context().warehouse().read(table).collectAsList().stream()
        .map(table::fromRow)
        .toList();
  }

  private List<String> selected(String dataset) {
    return rows(new SelectionsTable()).stream()
        .filter(s -> s.dataset().equals(dataset))
        .map(SelectionsTable.Selection::imageId)
        .sorted()
        .toList();
  }

  @Test
  void aScansLabelsReachItsSlices() {
    fillSlices();
    bench.fill(
        new ScanLabelsTable(),
        List.of(scan("CQ500-CT-1", POSITIVE), scan("CQ500-CT-2", 0), scan("CQ500-CT-3", 0)));

    JobReport report = bench.run(new SelectSlicesJob());

    assertThat(selected("binary"))
        .containsExactly(
            "ID_00000a0", "ID_00000a1", "ID_00000a2", "ID_00000b0", "ID_00000b1", "ID_00000b2");
    assertThat(selected("multilabel")).containsExactly("ID_00000a0", "ID_00000a1", "ID_00000a2");
    assertThat(report.rejected()).containsEntry("UNANNOTATED", 3L);
    assertThat(bench.context().warehouse().summary(new SelectionsTable()))
        .containsEntry("ich.input.labels", "-1")
        .containsEntry(
            "ich.input.scan_labels",
            Long.toString(bench.context().warehouse().snapshot(new ScanLabelsTable())));
    assertThat(new SelectSlicesJob().upToDate(bench.context())).isTrue();
  }

  /** A series' own labels come before those of its study, and these before the patient's. */
  @Test
  void aScanMayBeAStudyOrASeries() {
    fillSlices();
    bench.fill(
        new ScanLabelsTable(),
        List.of(
            scan("CQ500-CT-1", 0),
            scan("study CQ500-CT-1", POSITIVE),
            scan("study CQ500-CT-2", 0),
            scan("series CQ500-CT-2", POSITIVE),
            scan("series gone", 0)));

    ImageLabelling labelling = new ImageLabelling(bench.context().warehouse());
    assertThat(
            labelling.rows().collectAsList().stream()
                .map(new LabelsTable()::fromRow)
                .map(l -> l.imageId() + " " + l.bits()))
        .containsExactlyInAnyOrder(
            "ID_00000a0 " + POSITIVE,
            "ID_00000a1 " + POSITIVE,
            "ID_00000a2 " + POSITIVE,
            "ID_00000b0 " + POSITIVE,
            "ID_00000b1 " + POSITIVE,
            "ID_00000b2 " + POSITIVE);
    assertThat(
            labelling
                .scansWithout(bench.context().warehouse().read(new SlicesTable()))
                .collectAsList())
        .map(row -> row.getString(0))
        .containsExactly("series gone");
    assertThat(labelling.whyNone()).isEmpty();
  }

  @Test
  void anImagesOwnLabelsComeFirst() {
    fillSlices();
    bench.fill(new ScanLabelsTable(), List.of(scan("CQ500-CT-1", POSITIVE)));
    bench.fill(
        new LabelsTable(),
        List.of(
            new ImageLabels("ID_00000a1", 0),
            new ImageLabels("ID_00000c0", POSITIVE),
            new ImageLabels("ID_00000099", POSITIVE)));

    List<ImageLabels> labels =
        new ImageLabelling(bench.context().warehouse())
            .rows().collectAsList().stream().map(new LabelsTable()::fromRow).toList();
    assertThat(labels)
        .containsExactlyInAnyOrder(
            new ImageLabels("ID_00000a0", POSITIVE),
            new ImageLabels("ID_00000a1", 0),
            new ImageLabels("ID_00000a2", POSITIVE),
            new ImageLabels("ID_00000c0", POSITIVE),
            new ImageLabels("ID_00000099", POSITIVE));

    bench.run(new SelectSlicesJob());
    assertThat(selected("binary"))
        .containsExactly("ID_00000a0", "ID_00000a1", "ID_00000a2", "ID_00000c0");
    assertThat(selected("multilabel")).containsExactly("ID_00000a0", "ID_00000a2", "ID_00000c0");
  }

  @Test
  void withoutScansNothingChanges() {
    fillSlices();
    bench.fill(new LabelsTable(), List.of(new ImageLabels("ID_00000a1", 0)));

    assertThat(new SelectSlicesJob().plan(bench.context()).reads())
        .containsExactly("ich.slices", "ich.labels");
    bench.run(new SelectSlicesJob());
    assertThat(bench.context().warehouse().summary(new SelectionsTable()))
        .containsKey("ich.input.labels")
        .doesNotContainKey("ich.input.scan_labels");
  }

  @Test
  void withoutAnyLabelsTheCommandBeforeIsNamed() {
    fillSlices();
    bench.fill(new SelectionsTable(), List.of());
    for (Job job : List.of(new SelectSlicesJob(), new BuildTensorsJob())) {
      assertThatThrownBy(() -> job.plan(bench.context()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("ich.labels is not there")
          .hasMessageEndingWith("run reshape-labels first");
    }
  }

  /**
   * Runs from files to tensors. Two scans have slices and one of them has labels; a third scan has
   * labels and no file.
   */
  @Test
  void theWayFromFilesToTensors() {
    bench.run(new MakePhantomsJob());
    bench.run(new AuditDicomJob());
    List<Slice> slices = rows(new SlicesTable());
    assertThat(slices).hasSize(10);
    String labelled =
        new TreeSet<>(slices.stream().map(s -> s.identity().patientId()).toList()).first();
    bench.fill(new ScanLabelsTable(), List.of(scan(labelled, POSITIVE), scan("CQ500-CT-9", 0)));

    bench.run(new AuditDicomJob());
    assertThat(rows(new SliceFindingsTable()))
        .filteredOn(f -> f.reason().equals("UNANNOTATED"))
        .extracting(SliceFindingsTable.Entry::imageId)
        .containsExactlyInAnyOrderElementsOf(
            slices.stream()
                .filter(s -> !s.identity().patientId().equals(labelled))
                .map(Slice::imageId)
                .toList())
        .hasSize(5);
    assertThat(rows(new SliceFindingsTable()))
        .filteredOn(f -> f.reason().equals("ORPHAN_LABEL"))
        .extracting(f -> f.object() + "|" + f.imageId() + "|" + f.detail())
        .containsExactly("CQ500-CT-9||no slice");

    bench.run(new SelectSlicesJob());
    bench.run(new BuildTensorsJob());
    assertThat(rows(new TensorsTable()))
        .hasSize(10)
        .allSatisfy(
            tensor -> {
              assertThat(tensor.place().patientId()).isEqualTo(labelled);
              assertThat(tensor.labels().bits()).isEqualTo(POSITIVE);
            });
    assertThat(bench.context().warehouse().summary(new TensorsTable()))
        .containsKeys("ich.input.scan_labels", "ich.input.labels");
  }

  /** Reads the columns that a person asks for by name. */
  @Test
  void votesAreReadInSql() {
    bench.fill(new ScanLabelsTable(), List.of(scan("CQ500-CT-1", POSITIVE)));
    Row row =
        Objects.requireNonNull(
            bench
                .context()
                .spark()
                .sql("SELECT subdural, r1_subdural, r3_any, r2_fracture FROM ich.scan_labels")
                .first());
    assertThat(row.toString()).isEqualTo("[1,1,1,0]");
  }
}
