package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.explore.ExploreJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.testing.FaultProxy;
import org.headct.ich.jobs.testing.FaultProxy.Fault;
import org.headct.ich.jobs.testing.ObjectStore;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.testing.Timeless;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tests of inputs, tables, models, checkpoints and reports on an S3 server. The results equal those
 * on local paths, even if the server has faults.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ObjectStorageIT {
  private static final String RUN = "on-s3";
  private static final String REFERENCE = "reference";
  private static final double RATE = 0.02;

  /** Delay in ms, longer than the client waits, so that it repeats the request. */
  private static final long SLOW_MS = 1200;

  private static final long PATIENCE_MS = 1000;

  /** Columns that contain the place of an object and its time. */
  private static final String[] PLACES = {
    "finding_id",
    "file",
    "object",
    "uri",
    "member",
    "byte_offset",
    "stored_bytes",
    "deflated",
    "object_version",
    "source"
  };

  @TempDir private static Path folder = Path.of("");
  private ObjectStore store;
  private FaultProxy proxy;
  private String bucket = "";
  private Configuration hadoop = new Configuration(false);
  private Map<String, List<String>> local = Map.of();

  @BeforeAll
  void dumpAndServer() throws Exception {
    store = new ObjectStore(folder.resolve("store"));
    proxy = new FaultProxy(store.port(), 7, SLOW_MS);
    bucket = store.bucket("ich");
    hadoop = spark().sparkContext().hadoopConfiguration();
    ObjectStore.settings("ich", proxy.port()).forEach(hadoop::set);
    hadoop.set("fs.s3a.access.key", ObjectStore.ACCESS_KEY);
    hadoop.set("fs.s3a.secret.key", ObjectStore.SECRET_KEY);
    hadoop.setLong("fs.s3a.connection.timeout", PATIENCE_MS);
    Path dump = folder.resolve("dump");
    Pipeline pipeline = at(folder.toString());
    for (String place : List.of(dump.toString(), bucket + "/dump")) {
      pipeline.run(
          new MakePhantomsJob(),
          "phantoms.output=" + place,
          "phantoms.patients=16",
          "phantoms.slices=8",
          "phantoms.spacing-mm=8",
          "phantoms.size=128",
          "phantoms.defects=all");
    }
    upload(zip(dump), "/dump.zip");
    toTensors(dump.toString(), dump.toString()).forEach(pipeline::run);
    local = rows(pipeline);
  }

  @AfterAll
  void stop() throws Exception {
    if (store != null) {
      FileSystem.get(URI.create(bucket), hadoop).close();
      proxy.close();
      store.close();
    }
    TestSpark.session();
  }

  /** Like the launcher's local mode: a task has three attempts. */
  private static SparkSession spark() {
    return TestSpark.session(Map.of("spark.master", "local[2,3]"));
  }

  private static Path zip(Path dump) throws IOException {
    Path zip = folder.resolve("dump.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(dump)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(dump.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return zip;
  }

  private void upload(Path from, String to) throws IOException {
    FileUtil.copy(
        FileSystem.getLocal(hadoop),
        new org.apache.hadoop.fs.Path(from.toString()),
        FileSystem.get(URI.create(bucket), hadoop),
        new org.apache.hadoop.fs.Path(bucket + to),
        false,
        hadoop);
  }

  private static Pipeline at(String root) {
    return new Pipeline(
        spark(),
        root,
        "max-reject-ratio=0.2",
        "labels.names=*.csv",
        "tensors.size=64",
        "train.network=cnn4",
        "train.batch-size=8",
        "train.workers=2");
  }

  /** Returns the stages that fill the tables, with their settings. */
  private static Map<Job, String[]> toTensors(String labels, String objects) {
    Map<Job, String[]> stages = new LinkedHashMap<>();
    stages.put(new ReshapeLabelsJob(), new String[] {"labels.input=" + labels});
    stages.put(new AuditDicomJob(), new String[] {"dicom.input=" + objects});
    stages.put(new SelectSlicesJob(), new String[0]);
    stages.put(new BuildTensorsJob(), new String[0]);
    return stages;
  }

  /** Runs the stages. Each of them meets each kind of fault. */
  private void runWithFaults(Pipeline pipeline, Map<Job, String[]> stages, TestReporter reporter) {
    stages.forEach(
        (job, settings) -> {
          proxy.takeInjected();
          proxy.takeRequests();
          proxy.inject(RATE);
          long begun = System.nanoTime();
          try {
            pipeline.run(job, settings);
          } finally {
            proxy.heal();
          }
          Map<Fault, Integer> injected = proxy.takeInjected();
          reporter.publishEntry(
              job.name(),
              "%.1f s, %s among %s"
                  .formatted((System.nanoTime() - begun) / 1e9, injected, proxy.takeRequests()));
          assertThat(injected).as(job.name()).containsOnlyKeys(Fault.values());
        });
  }

  private static Map<String, List<String>> rows(Pipeline pipeline) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (TableDefinition<?> table : Pipeline.REFRESHED) {
      rows.put(table.name(), rows(pipeline.warehouse().read(table).drop(PLACES)));
    }
    return rows;
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream()
        .map(row -> row.replaceAll("(file|s3a):[^\"]*/dump(/|\\.zip!)", ""))
        .sorted()
        .toList();
  }

  private void assertRowsAreThoseOfLocalPaths(Pipeline pipeline) {
    Map<String, List<String>> found = rows(pipeline);
    assertThat(local)
        .hasSameSizeAs(Pipeline.REFRESHED)
        .allSatisfy((name, rows) -> assertThat(rows).as(name).isNotEmpty());
    local.forEach((name, rows) -> assertThat(found.get(name)).as(name).isEqualTo(rows));
  }

  @Test
  void allStagesWithFaultsInEach(TestReporter reporter) throws IOException {
    String root = bucket + "/archive";
    Pipeline pipeline = at(root);
    Map<Job, String[]> stages = toTensors(bucket + "/dump", bucket + "/dump.zip");
    stages.put(new TrainModelJob(), new String[] {"train.run=" + RUN, "train.epochs=1"});
    stages.put(
        new TrainModelJob(),
        new String[] {"train.run=" + RUN, "train.epochs=2", "train.resume=true"});
    stages.put(new EvaluateModelJob(), new String[] {"evaluate.run=" + RUN});
    stages.put(new ExploreJob(), new String[0]);

    runWithFaults(pipeline, stages, reporter);

    assertRowsAreThoseOfLocalPaths(pipeline);
    assertTheModelIsThatOfLocalPaths(pipeline, root);
    assertThat(files(root + "/reports")).anyMatch(name -> name.startsWith("explore"));

    // The same objects from a folder.
    runWithFaults(
        pipeline,
        Map.of(new AuditDicomJob(), new String[] {"dicom.input=" + bucket + "/dump"}),
        reporter);
    assertRowsAreThoseOfLocalPaths(pipeline);
  }

  private void assertTheModelIsThatOfLocalPaths(Pipeline pipeline, String root) throws IOException {
    String models = "models.path=" + folder.resolve("models");
    pipeline.run(new TrainModelJob(), models, "train.run=" + REFERENCE, "train.epochs=2");
    pipeline.run(new EvaluateModelJob(), models, "evaluate.run=" + REFERENCE);
    assertThat(epochs(root + "/models/" + RUN))
        .hasSize(2)
        .isEqualTo(epochs(folder.resolve("models").resolve(REFERENCE).toString()));
    assertThat(parameters(root + "/models/" + RUN))
        .isEqualTo(parameters(folder.resolve("models").resolve(REFERENCE).toString()));
    for (TableDefinition<?> table : List.of(new PredictionsTable(), new MetricsTable())) {
      assertThat(rows(ofRun(pipeline, table, RUN)))
          .as(table.name())
          .isNotEmpty()
          .isEqualTo(rows(ofRun(pipeline, table, REFERENCE)));
    }
    assertThat(files(root + "/models/" + RUN))
        .contains("model.zip", "metrics.jsonl", "run.json", "checkpoint-0002.zip")
        .noneMatch(name -> name.endsWith(".tmp"));
  }

  private static Dataset<Row> ofRun(Pipeline pipeline, TableDefinition<?> table, String run) {
    return pipeline.warehouse().read(table).filter("run = '" + run + "'").drop("run");
  }

  private List<EpochMetrics> epochs(String run) throws IOException {
    return Timeless.of(new ModelStore(hadoop, run).readMetrics());
  }

  private INDArray parameters(String run) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(run, "model.zip");
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return ModelSerializer.restoreComputationGraph(in).params();
    }
  }

  private List<String> files(String place) throws IOException {
    FileStatus[] files =
        FileSystem.get(URI.create(bucket), hadoop).listStatus(new org.apache.hadoop.fs.Path(place));
    return Arrays.stream(files).map(file -> file.getPath().getName()).toList();
  }
}
