package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of CQ500's layout: several series in a scan, JPEG Lossless, readers' votes, folders or
 * zips.
 */
class Cq500IT {
  private static final int SCANS = 8;
  private static final int SLICES = 7;

  @TempDir private Path folder = Path.of("");

  private Pipeline over(Path dump, String name) {
    return new Pipeline(
        TestSpark.session(),
        folder.resolve(name),
        "phantoms.output=" + dump,
        "phantoms.layout=cq500",
        "phantoms.patients=" + SCANS,
        "phantoms.slices=" + SLICES,
        "phantoms.size=64",
        "labels.input=" + dump.resolve("reads.csv"),
        "labels.form=reads",
        "dicom.input=" + dump + "/CQ500CT*",
        "select.series=plain",
        "select.datasets=binary",
        "tensors.datasets=binary",
        "tensors.size=64");
  }

  @Test
  void thePlainSeriesOfEachScanIsTakenFromFoldersAndFromZips() throws IOException {
    Path dump = folder.resolve("dump");
    Pipeline unpacked = over(dump, "unpacked");
    unpacked.run(new MakePhantomsJob());
    JobReport report = unpacked.run(Pipeline.refreshJob());
    assertThat(report.exitCode()).isZero();
    assertThat(unpacked.sql("SELECT DISTINCT transfer_syntax FROM ich.slices"))
        .extracting(row -> row.getString(0))
        .containsExactly("1.2.840.10008.1.2.4.70");

    Map<String, Long> bySeries =
        unpacked.rows(new SelectionsTable()).stream()
            .collect(Collectors.groupingBy(Selection::seriesId, Collectors.counting()));
    assertThat(bySeries).hasSize(SCANS).containsValue(5L);
    assertThat(
            unpacked.sql(
                "SELECT DISTINCT slice_thickness_mm FROM ich.slices JOIN ich.selections USING (image_id)"))
        .extracting(row -> row.getDouble(0))
        .containsExactly(5.0);
    List<Row> left =
        unpacked.sql("SELECT object, detail FROM ich.slice_findings WHERE reason = 'OTHER_SERIES'");
    assertThat(left)
        .hasSize(SCANS)
        .allSatisfy(
            row -> {
              assertThat(bySeries).doesNotContainKey(row.getString(0));
              assertThat(row.getString(1)).contains("2.50 mm apart, 14 slices; plain is series");
            });
    // The labels of a scan apply to each of its slices. They are the majority of the readers'
    // votes.
    for (Row row :
        unpacked.sql(
            "SELECT t.any, count(DISTINCT t.any), first(l.r1_any + l.r2_any + l.r3_any)"
                + " FROM ich.tensors t JOIN ich.scan_labels l ON t.patient_id = l.scan_id"
                + " GROUP BY t.any, t.patient_id")) {
      assertThat(row.getLong(1)).isOne();
      assertThat(row.getInt(2) >= 2).isEqualTo(row.getInt(0) == 1);
    }

    Path zipped = Files.createDirectories(folder.resolve("zipped"));
    Files.copy(dump.resolve("reads.csv"), zipped.resolve("reads.csv"));
    for (int scan = 0; scan < SCANS; scan++) {
      zip(dump, "CQ500CT" + scan, zipped.resolve("CQ500CT" + scan + ".zip"));
    }
    Pipeline archives = over(zipped, "archives");
    archives.run(Pipeline.refreshJob());
    assertThat(pixels(archives)).hasSize(5 * SCANS).isEqualTo(pixels(unpacked));

    // Takes the other series, with the same tables.
    unpacked.run(Pipeline.refreshJob(), "select.series=thin");
    assertThat(
            unpacked.sql(
                "SELECT DISTINCT slice_thickness_mm FROM ich.slices JOIN ich.selections USING (image_id)"))
        .extracting(row -> row.getDouble(0))
        .containsExactly(2.5);
  }

  private static Map<String, Integer> pixels(Pipeline pipeline) {
    Map<String, Integer> pixels = new TreeMap<>();
    pipeline
        .rows(new TensorsTable())
        .forEach(t -> pixels.put(t.labels().imageId(), Arrays.hashCode(t.pixels())));
    return pixels;
  }

  private static void zip(Path dump, String scan, Path archive) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(dump.resolve(scan))) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(
              file -> {
                try {
                  zip.putNextEntry(new ZipEntry(dump.relativize(file).toString()));
                  Files.copy(file, zip);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
