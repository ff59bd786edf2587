package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.testing.LabelFiles;
import org.headct.ich.jobs.testing.LabelFiles.Truth;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.testing.TinyDump;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the rules give the published counts of the RSNA dump, at full size. */
class ThesisFiguresIT {
  @TempDir private static Path folder = Path.of("");

  @Test
  void stageTwoIs752803ImagesOfWhichFourStandTwice() throws IOException {
    Path file = folder.resolve("stage_2_train.csv");
    Truth truth = LabelFiles.stage2().write(file);
    Pipeline pipeline = pipeline("stage2", "labels.input=" + file);
    JobReport report = pipeline.run(new ReshapeLabelsJob());
    assertThat(report.in()).isEqualTo(4_516_842);
    assertThat(report.out()).isEqualTo(752_803 * 6);
    assertThat(report.rejected()).isEqualTo(Map.of("DUPLICATE_ROW", 24L));
    assertThat(images(pipeline)).isEqualTo(752_803);
    assertThat(positives(pipeline)).isEqualTo(truth.positives());
  }

  /**
   * Shuffled rows must give the same result. No two rows of an image are neighbours, so the job
   * takes another code path.
   */
  @Test
  @Tag("nightly")
  void theOrderOfTheRowsDoesNotMatter() throws IOException {
    Path file = folder.resolve("shuffled.csv");
    Truth truth = LabelFiles.stage2().shuffled().write(file);
    Pipeline pipeline = pipeline("shuffled", "labels.input=" + file);

    JobReport report = pipeline.run(new ReshapeLabelsJob());

    assertThat(report.rejected()).isEqualTo(Map.of("DUPLICATE_ROW", 24L));
    assertThat(images(pipeline)).isEqualTo(752_803);
    assertThat(positives(pipeline)).isEqualTo(truth.positives());
    assertThat(count(pipeline, "ich.label_findings")).isEqualTo(24);
  }

  @Test
  @Tag("nightly")
  void blankLabelsLeave674257Images() throws IOException {
    Path file = folder.resolve("blanks.csv");
    Truth truth = LabelFiles.thesisBlanks().write(file);
    Pipeline pipeline = pipeline("blanks", "labels.input=" + file, "max-reject-ratio=0.2");
    JobReport report = pipeline.run(new ReshapeLabelsJob());
    assertThat(report.in()).isEqualTo(4_516_842);
    assertThat(report.rejected()).isEqualTo(Map.of("DUPLICATE_ROW", 24L, "UNANNOTATED", 471_276L));
    assertThat(report.out()).isEqualTo(674_257 * 6);
    assertThat(images(pipeline)).isEqualTo(674_257);
    assertThat(positives(pipeline)).isEqualTo(truth.positives());
  }

  /** Joins the labels of stage 1 with the objects of stage 2, one of which is corrupt. */
  @Test
  @Tag("nightly")
  void stageOneLabelsLeave78545ObjectsUnannotatedAnd674257Usable() throws IOException {
    LabelFiles stage1 = LabelFiles.stage1();
    LabelFiles stage2 = LabelFiles.stage2();
    Path file = folder.resolve("stage_1_train.csv");
    stage1.write(file);
    int corrupt = stage1.images() / 2;
    Path dump = folder.resolve("stage_2_train.zip");
    new TinyDump(stage2, stage2.images(), corrupt).write(dump);
    Pipeline pipeline = pipeline("audit", "labels.input=" + file, "dicom.input=" + dump);

    JobReport labels = pipeline.run(new ReshapeLabelsJob());
    assertThat(labels.in()).isEqualTo(4_045_572);
    assertThat(images(pipeline)).isEqualTo(674_258);

    JobReport report = pipeline.run(new AuditDicomJob());
    assertThat(report.in()).isEqualTo(752_803);
    assertThat(report.rejected()).isEqualTo(Map.of("SHORT_PIXEL_DATA", 1L));
    assertThat(report.noted()).isEqualTo(Map.of("UNANNOTATED", 78_545L));
    assertThat(report.facts()).containsEntry("slices with labels", "674,257");
    assertThat(count(pipeline, "ich.slices JOIN ich.labels USING (image_id)")).isEqualTo(674_257);
    assertThat(count(pipeline, "ich.slice_findings WHERE reason = 'UNANNOTATED'"))
        .isEqualTo(78_545);
    assertThat(pipeline.sql("SELECT image_id FROM ich.slice_findings WHERE rejected"))
        .extracting(row -> row.getString(0))
        .isEqualTo(List.of(stage2.imageId(corrupt)));
    Files.delete(dump);
  }

  private static Pipeline pipeline(String name, String... settings) {
    return new Pipeline(TestSpark.session(), folder.resolve(name), settings);
  }

  private static long images(Pipeline pipeline) {
    return count(pipeline, "ich.labels");
  }

  private static long count(Pipeline pipeline, String from) {
    return pipeline.sql("SELECT count(*) FROM " + from).get(0).getLong(0);
  }

  private static long[] positives(Pipeline pipeline) {
    String sums =
        Subtype.ALL.stream()
            .map(s -> "sum(" + s.column() + ")")
            .collect(Collectors.joining(", ", "SELECT ", " FROM ich.labels"));
    Row row = pipeline.sql(sums).get(0);
    return Subtype.ALL.stream().mapToLong(s -> row.getLong(s.ordinal())).toArray();
  }
}
