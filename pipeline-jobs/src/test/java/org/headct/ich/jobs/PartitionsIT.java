package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.ct.SliceAudit;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the number of cores changes no tensor, no file and no order. */
class PartitionsIT {
  private static final int ROW_GROUP_ROWS = 8;

  @TempDir Path folder = Path.of("");

  @Test
  void oneCoreAndFourGiveTheSameTensors() throws IOException {
    Built one = built(1);

    assertThat(one.tensors()).hasSizeGreaterThan(60);
    assertThat(one.files()).hasSizeGreaterThan(5);
    assertThat(built(4)).isEqualTo(one);
  }

  /** Hashes of the tensors and of the files. */
  private record Built(Map<String, String> tensors, List<String> files) {}

  /** Returns the hashes of the files. Equal files may have other names. */
  private static List<String> files(Pipeline pipeline) throws IOException {
    List<String> hashes = new ArrayList<>();
    for (Row row : pipeline.sql("SELECT file_path FROM ich.tensors.files")) {
      hashes.add(SliceAudit.sha256(Files.readAllBytes(Path.of(URI.create("file:" + path(row))))));
    }
    hashes.sort(String::compareTo);
    return hashes;
  }

  private static String path(Row row) {
    return row.getString(0).replaceFirst("^file:", "");
  }

  private Built built(int cores) throws IOException {
    Path dump = folder.resolve("dump");
    Pipeline pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(cores),
            folder.resolve(cores + "-cores"),
            dump,
            "phantoms.patients=5",
            "phantoms.slices=15",
            "phantoms.size=64",
            "select.middle-slices=15",
            "split.test=0.4",
            "tensors.row-group-rows=" + ROW_GROUP_ROWS,
            "tensors.file-rows=" + 2 * ROW_GROUP_ROWS);
    pipeline.run(new MakePhantomsJob());
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob());
    pipeline.run(new SelectSlicesJob());
    pipeline.run(new BuildTensorsJob());
    assertRowGroups(pipeline, cores);
    return new Built(tensors(pipeline), files(pipeline));
  }

  private static Map<String, String> tensors(Pipeline pipeline) {
    Map<String, String> tensors = new TreeMap<>();
    for (TensorsTable.Tensor t : pipeline.rows(new TensorsTable())) {
      String before =
          tensors.put(
              t.place().dataset() + " " + t.place().imageId(),
              "%s %s %s %s"
                  .formatted(
                      t.place().split(),
                      t.place().copies(),
                      t.labels().bits(),
                      SliceAudit.sha256(t.pixels())));
      assertThat(before).as("written twice: %s", t.place()).isNull();
    }
    return tensors;
  }

  /**
   * Checks that all row groups except the last of a file are full, with rows in the order of the
   * hash.
   */
  private static void assertRowGroups(Pipeline pipeline, int cores) throws IOException {
    List<String> files =
        pipeline.sql("SELECT file_path FROM ich.tensors.files").stream()
            .map(row -> row.getString(0))
            .toList();
    int full = 0;
    for (String file : files) {
      HadoopInputFile input =
          HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration());
      try (ParquetFileReader reader = ParquetFileReader.open(input)) {
        List<Long> rows =
            new ArrayList<>(
                reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList());
        long last = rows.remove(rows.size() - 1);
        assertThat(rows).as("%s with %d cores", file, cores).allMatch(n -> n == ROW_GROUP_ROWS);
        assertThat(last).isBetween(1L, (long) ROW_GROUP_ROWS);
        full += rows.size();
      }
    }
    assertThat(full).isPositive();
    for (String file : files) {
      List<Long> order =
          pipeline
              .context()
              .spark()
              .read()
              .parquet(file)
              .select("image_id")
              .collectAsList()
              .stream()
              .map(row -> StableHash.of(2019, row.getString(0)))
              .toList();
      assertThat(order).as(file).isSortedAccordingTo(Long::compareUnsigned);
    }
  }
}
