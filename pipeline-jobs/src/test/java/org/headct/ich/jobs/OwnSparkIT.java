package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.iceberg.spark.Spark3Util;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.sql.SqlJob;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.testing.Bench;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that other programs read the tables and views, as deploy/README.md describes. */
class OwnSparkIT {
  private static final int PATIENCE_MINUTES = 3;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void fill() {
    bench = new Bench(folder);
    bench.fill(
        new LabelsTable(),
        List.of(
            new ImageLabels("ID_a", 33), new ImageLabels("ID_b", 48), new ImageLabels("ID_c", 0)));
  }

  /** Uses Spark's own shell, Iceberg's own catalog and jar, and only the views of this project. */
  @Test
  @Tag("nightly")
  void sparkSqlReadsTablesAndViews() throws Exception {
    bench.run(new SqlJob(), "--views");
    Path views = Files.writeString(folder.resolve("views.sql"), bench.output());
    Path iceberg =
        Path.of(Spark3Util.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Repository.top().resolve("deploy/spark-home/bin/spark-submit").toString(),
                "--master",
                "local[2]",
                "--driver-class-path",
                Path.of("target/sql-shell").toAbsolutePath() + "/*",
                "--jars",
                iceberg.toString(),
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.sql.catalogImplementation=in-memory",
                "--conf",
                "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
                "--conf",
                "spark.sql.catalog.ich=org.apache.iceberg.spark.SparkCatalog",
                "--conf",
                "spark.sql.catalog.ich.type=hadoop",
                "--conf",
                "spark.sql.catalog.ich.warehouse=" + folder.resolve("warehouse"),
                "--class",
                "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver",
                "spark-internal",
                "-i",
                views.toString(),
                "-e",
                "SELECT finding, positives FROM prevalence WHERE positives > 0; SELECT image_id FROM ich.labels WHERE any = 0")
            .directory(folder.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .redirectOutput(out.toFile());
    builder.environment().remove("SPARK_HOME");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("it ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllLines(out))
        .as(this::log)
        .containsExactly("any\t2", "epidural\t1", "subdural\t1", "ID_c");
  }

  /** Rows that no later run deleted are the rows of plain Parquet files. */
  @Test
  void duckDbReadsTheFiles() throws Exception {
    String files =
        bench
            .context()
            .spark()
            .sql("SELECT file_path FROM ich.labels.files")
            .collectAsList()
            .stream()
            .map(row -> "'" + row.getString(0).replaceFirst("^file:/*", "/") + "'")
            .collect(Collectors.joining(", ", "[", "]"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery(
                    "SELECT image_id, \"any\" FROM read_parquet(%s) ORDER BY 1".formatted(files))) {
      StringBuilder read = new StringBuilder();
      while (rows.next()) {
        read.append(rows.getString(1)).append(rows.getInt(2)).append(' ');
      }
      assertThat(read.toString()).isEqualTo("ID_a1 ID_b1 ID_c0 ");
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
