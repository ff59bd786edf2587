package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.label.LabelReason;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests what other systems see of a run with the settings in {@code conf}: its meters in
 * Prometheus' format, its log as JSON, its lineage.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SeenFromOutsideIT {
  private static final String KEY = "qzsecretkeyqz";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METER =
      Pattern.compile(
          "metrics_ich_driver_plugin_org_headct_ich_jobs_meter_MetersPlugin_(\\w+)_Number\\{type=\"gauges\"} (\\S+)");

  @TempDir private static Path folder = Path.of("");

  private final Map<String, JobReport> reports = new HashMap<>();
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);
  private Map<String, Double> metersBefore = Map.of();
  private Map<String, Double> meters = Map.of();

  @BeforeAll
  void runOnce() throws Exception {
    Map<String, String> settings = settings("metrics.properties");
    settings.put("spark.ui.enabled", "true");
    settings.put("spark.ui.port", "0");
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(settings),
            folder,
            folder.resolve("dump"),
            "phantoms.patients=6",
            "phantoms.slices=8",
            "phantoms.spacing-mm=8",
            "phantoms.size=64",
            "phantoms.defects=not-dicom,duplicate-id,rsna-wrap,unannotated,missing-slice,duplicate-label",
            "tensors.size=64",
            "max-reject-ratio=0.5",
            "train.network=cnn4",
            "train.batch-size=4",
            "train.epochs=2");
    pipeline.run(new MakePhantomsJob());
    metersBefore = scrape();
    for (var job :
        List.of(
            new ReshapeLabelsJob(),
            new AuditDicomJob(),
            new SelectSlicesJob(),
            new BuildTensorsJob(),
            new TrainModelJob())) {
      reports.put(job.name(), pipeline.run(job));
    }
    meters = scrape();
  }

  private static Map<String, String> settings(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Repository.top().resolve("conf").resolve(file))) {
      properties.load(reader);
    }
    Map<String, String> settings = new HashMap<>();
    properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
    return settings;
  }

  private Map<String, Double> scrape() throws IOException, InterruptedException {
    String ui = pipeline.context().spark().sparkContext().uiWebUrl().get();
    String text =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .build()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:%d/metrics/prometheus/"
                                .formatted(URI.create(ui).getPort())))
                    .build(),
                BodyHandlers.ofString())
            .body();
    Map<String, Double> values = new TreeMap<>();
    METER
        .matcher(text)
        .results()
        .forEach(m -> values.put(m.group(1), Double.parseDouble(m.group(2))));
    return values;
  }

  private JobReport report(String job) {
    JobReport report = reports.get(job);
    assertThat(report).as(job).isNotNull();
    return report;
  }

  @Test
  void metersBeginWithNothing() {
    assertThat(metersBefore.keySet())
        .containsAll(
            Stream.of(SliceReason.values()).map(reason -> "slice_findings_" + reason).toList())
        .containsAll(
            Stream.of(LabelReason.values()).map(reason -> "label_findings_" + reason).toList())
        .contains("objects_audited", "loss")
        .isEqualTo(meters.keySet());
    assertThat(metersBefore)
        .allSatisfy(
            (name, value) -> {
              if (name.matches("loss|epoch")) {
                assertThat(value).as(name).isNaN();
              } else {
                assertThat(value).as(name).isZero();
              }
            });
  }

  @Test
  void metersAreWhatTheReportsSay() throws IOException {
    JobReport labels = report("reshape-labels");
    JobReport audit = report("audit-dicom");
    JobReport tensors = report("build-tensors");
    assertThat(meters)
        .containsEntry("label_rows", (double) labels.in())
        .containsEntry("objects_audited", (double) audit.in())
        .containsEntry("objects_rejected", (double) audit.rejects())
        .containsEntry(
            "bytes_read",
            (double) (labels.bytes().read() + audit.bytes().read() + tensors.bytes().read()))
        .containsEntry(
            "bytes_written",
            (double) reports.values().stream().mapToLong(r -> r.bytes().written()).sum())
        .containsEntry("tensors_built", (double) pipeline.rows(new TensorsTable()).size());
    assertThat(audit.rejects()).isPositive();
    assertThat(tensors.bytes().read()).isPositive();
  }

  @Test
  void findingsAreThoseOfTheReports() {
    Map<String, Double> expected = new TreeMap<>();
    add(expected, "label_findings_", report("reshape-labels").rejected());
    add(expected, "slice_findings_", report("audit-dicom").rejected());
    add(expected, "slice_findings_", report("audit-dicom").noted());
    add(expected, "slice_findings_", report("select-slices").noted());
    assertThat(expected)
        .containsKeys(
            "label_findings_DUPLICATE_ROW",
            "slice_findings_NOT_DICOM",
            "slice_findings_DUPLICATE_ID",
            "slice_findings_SUSPECT_RESCALE",
            "slice_findings_UNANNOTATED",
            "slice_findings_GAP");
    Map<String, Double> counted = new TreeMap<>(meters);
    counted.entrySet().removeIf(e -> !e.getKey().contains("_findings_") || e.getValue() == 0);
    assertThat(counted).isEqualTo(expected);
  }

  private static void add(Map<String, Double> findings, String ledger, Map<String, Long> byReason) {
    byReason.forEach((reason, n) -> findings.merge(ledger + reason, (double) n, Double::sum));
  }

  @Test
  void aTrainingIsSeenByBatchesImagesAndLoss() throws IOException {
    List<JsonNode> epochs =
        lines(Path.of(String.valueOf(report("train-model").written().get("run"))), "metrics.jsonl");
    long images = epochs.stream().mapToLong(e -> e.get("images").asLong()).sum();
    assertThat(images).isPositive();
    assertThat(meters)
        .containsEntry("epoch", 2.0)
        .containsEntry("images_trained", (double) images)
        .hasEntrySatisfying(
            "batches_trained", n -> assertThat(n).isBetween(images / 4.0, images * 1.0))
        .hasEntrySatisfying(
            "loss",
            loss ->
                assertThat(loss)
                    .isCloseTo(epochs.get(1).get("trainLoss").asDouble(), within(1e-9)));
  }

  private static List<JsonNode> lines(Path place, String file) throws IOException {
    return objects(Files.readAllLines(place.resolve(file), UTF_8));
  }

  private static List<JsonNode> objects(List<String> lines) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : lines) {
      JsonNode object = JSON.readTree(line);
      assertThat(object.isObject()).as(line).isTrue();
      objects.add(object);
    }
    return objects;
  }

  /** One process serves both tests, because it takes a quarter of a minute. */
  @Test
  void aCommandLogsJsonAndTellsItsLineage() throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path lineage = work.resolve("lineage.jsonl");
    CommandLine ich =
        new CommandLine(work).with("ICH_LOG", "json").with(PseudonymKey.VARIABLE, KEY);
    Result result =
        ich.run(
            "select-slices",
            "--set",
            "warehouse.path=" + folder.resolve("warehouse"),
            "--set",
            "reports.path=" + work.resolve("reports"),
            "--report",
            work.resolve("report.json").toString(),
            "--",
            "--properties-file",
            Repository.top().resolve("conf/openlineage.properties").toString(),
            "--conf",
            "spark.openlineage.transport.location=" + lineage,
            // The build has fetched what Spark would fetch from Maven Central.
            "--conf",
            "spark.jars.packages=",
            "--jars",
            listener());
    assertThat(result.code()).as(String.join("\n", result.err())).isZero();

    JsonNode report = JSON.readTree(work.resolve("report.json").toFile());
    List<JsonNode> logged = objects(result.err());
    assertThat(logged)
        .allSatisfy(
            line -> {
              assertThat(line.path("runId")).isEqualTo(report.get("runId"));
              assertThat(line.path("time").asText()).startsWith("20");
              // Its warnings would print the contents of RDDs.
              assertThat(line.path("level").asText() + line.path("loggerName").asText())
                  .doesNotStartWith("WARNio.openlineage");
            })
        .anySatisfy(
            line ->
                assertThat(line.path("message").asText())
                    .startsWith("started as ")
                    .contains("spark-submit", " select-slices "))
        .anySatisfy(
            line ->
                assertThat(line.path("message").asText())
                    .startsWith("select-slices: " + report.get("outcome").asText()));

    List<JsonNode> events = objects(Files.readAllLines(lineage, UTF_8));
    assertThat(events)
        .allSatisfy(
            event -> assertThat(event.at("/job/name").asText()).startsWith("ich_select_slices"));
    assertThat(tables(events, "inputs")).contains("slices", "labels");
    assertThat(tables(events, "outputs")).containsExactlyInAnyOrder("slice_findings", "selections");
    // The lineage has neither rows nor literals: no image id, no object path, no key.
    assertThat(Files.readString(lineage))
        .doesNotContain(KEY, PseudonymKey.VARIABLE, folder.resolve("dump").toString())
        .doesNotContainPattern("ID_[0-9a-f]");
  }

  /** Returns table names without the warehouse's path. */
  private static Set<String> tables(List<JsonNode> events, String role) {
    Set<String> tables = new TreeSet<>();
    for (JsonNode event : events) {
      for (JsonNode dataset : event.path(role)) {
        tables.add(Path.of(dataset.get("name").asText()).getFileName().toString());
      }
    }
    return tables;
  }

  /** Returns the jar that the settings name. */
  private static String listener() throws IOException {
    String[] coordinates =
        settings("openlineage.properties").get("spark.jars.packages").split(":", 3);
    return Repository.top()
        .resolve("pipeline-jobs/target/lineage-listener")
        .resolve(coordinates[1] + "-" + coordinates[2] + ".jar")
        .toString();
  }
}
