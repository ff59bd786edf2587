package org.headct.ich.jobs.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;

/**
 * Input of {@code build-tensors}: audited, labelled and selected slices.
 *
 * @param folder the folder of the warehouse
 * @param bytes the number of bytes of all slice files
 */
record TensorsInput(Path folder, Pipeline pipeline, List<Slice> slices, long bytes) {
  /** Number of slices in a typical RSNA series. */
  private static final int SLICES_A_SERIES = 34;

  /** Selected slice. */
  record Slice(String imageId, Path file) {}

  /** Generates whole series with half a megabyte a slice. Returns the folder of the dump. */
  static Path generate(SparkSession spark, Path folder, int slices) {
    Path dump = folder.resolve("dump");
    new Pipeline(
            spark,
            folder,
            "phantoms.output=" + dump,
            "phantoms.patients=" + (slices + SLICES_A_SERIES - 1) / SLICES_A_SERIES,
            "phantoms.slices=" + SLICES_A_SERIES)
        .run(new MakePhantomsJob());
    return dump;
  }

  /** Returns the pipeline of a folder. Its tables may exist already. */
  static Pipeline pipeline(SparkSession spark, Path folder) {
    return new Pipeline(
        spark,
        folder,
        "labels.input=" + folder.resolve("labels.csv"),
        "select.rule=fraction",
        "select.middle-fraction=1",
        "select.datasets=binary",
        "tensors.datasets=binary",
        // Slices that are not wanted have no labels.
        "max-reject-ratio=1");
  }

  /**
   * Audits the dump and selects this many of its slices, or all if there are fewer, series by
   * series.
   *
   * @param folder the new folder for the warehouse
   */
  static TensorsInput of(SparkSession spark, Path dump, int slices, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Pipeline pipeline = pipeline(spark, folder);
    pipeline.run(new AuditDicomJob(), "dicom.input=" + dump);
    // Slices that the peer does not repair, or resizes differently, can't be compared.
    List<Row> audited =
        pipeline.sql(
            """
            SELECT image_id FROM ich.slices
            WHERE pixel_rows = 512 AND pixel_columns = 512 AND member = ''
              AND NOT array_contains(repairs, 'RSNA_WRAP')
            ORDER BY series_id, image_id LIMIT %d"""
                .formatted(slices));
    label(audited, folder.resolve("labels.csv"));
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new SelectSlicesJob());
    List<Row> selected =
        pipeline.sql(
            """
            SELECT image_id, uri, size_bytes FROM ich.selections JOIN ich.slices USING (image_id)
            ORDER BY image_id""");
    if (selected.isEmpty()) {
      throw new IllegalStateException("no slices of 512 x 512 pixels in RSNA's form in " + dump);
    }
    return new TensorsInput(
        folder,
        pipeline,
        selected.stream()
            .map(row -> new Slice(row.getString(0), Path.of(URI.create(row.getString(1)))))
            .toList(),
        selected.stream().mapToLong(row -> row.getLong(2)).sum());
  }

  List<Path> files() {
    return slices.stream().map(Slice::file).toList();
  }

  TensorSpec spec() {
    return TensorsConfig.all(pipeline.context().settings()).get(0).recipe().slice();
  }

  /** Returns the table that {@code build-tensors} wrote. */
  Table tensors() {
    return pipeline.warehouse().iceberg(new TensorsTable());
  }

  /** Labels every third image as positive. The labels do not matter to a tensor. */
  private static void label(List<Row> images, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("ID,Label\n");
      int image = 0;
      for (Row row : images) {
        boolean positive = image++ % 3 == 0;
        for (Subtype subtype : Subtype.ALL) {
          boolean has = positive && (subtype == Subtype.SUBDURAL || subtype == Subtype.ANY);
          out.write(row.getString(0) + "_" + subtype.column() + "," + (has ? 1 : 0) + "\n");
        }
      }
    }
  }
}
