package org.headct.ich.jobs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.TensorBuilder;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.phantom.Defect;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.domain.phantom.PhantomSlice;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.jobs.testing.PhantomTruth;
import org.headct.ich.jobs.testing.PhantomTruth.Image;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the path from a dump with every defect to tensors, against the dump's own truth. */
@TestInstance(Lifecycle.PER_CLASS)
class StagesIT {
  private static final int K = 5;
  private static final PhantomSettings SETTINGS =
      PhantomSettings.of(8, 5)
          .withSlices(17)
          .withSize(128)
          .withPrevalence(0.7)
          .withDefects(EnumSet.allOf(Defect.class));
  @TempDir private static Path folder = Path.of("");

  private final PhantomTruth truth = new PhantomTruth(SETTINGS);
  private final Map<String, JobReport> reports = new HashMap<>();

  private static final List<Job> STAGES =
      List.of(
          new ReshapeLabelsJob(),
          new AuditDicomJob(),
          new SelectSlicesJob(),
          new BuildTensorsJob());

  @BeforeAll
  void runAll() {
    Pipeline pipeline = pipeline();
    keep(pipeline.run(new MakePhantomsJob()));
    STAGES.forEach(job -> keep(pipeline.run(job)));
  }

  private void keep(JobReport report) {
    reports.put(report.job(), report);
  }

  private JobReport report(String job) {
    return Objects.requireNonNull(reports.get(job), job);
  }

  private Pipeline pipeline() {
    Path dump = folder.resolve("dump");
    return Pipeline.overPhantoms(
        TestSpark.session(),
        folder,
        dump,
        "phantoms.patients=8",
        "phantoms.slices=17",
        "phantoms.size=128",
        "phantoms.prevalence=0.7",
        "phantoms.seed=5",
        "phantoms.defects=all",
        "max-reject-ratio=0.1",
        "audit.depth=pixels",
        "select.middle-slices=" + K,
        "tensors.size=64");
  }

  @Test
  void phantomsAreWrittenAsTheirMakerMakesThem() throws IOException {
    int files = 0;
    for (int p = 0; p < SETTINGS.patients(); p++) {
      for (PhantomSlice slice : new PhantomDump(SETTINGS).patient(p).slices()) {
        for (var file : slice.files()) {
          assertThat(folder.resolve("dump").resolve(file.path())).hasBinaryContent(file.bytes());
          files++;
        }
      }
    }
    try (var written = Files.walk(folder.resolve("dump").resolve(PhantomDump.FOLDER))) {
      assertThat(written.filter(Files::isRegularFile).filter(f -> !hidden(f))).hasSize(files);
    }
    JobReport again = pipeline().run(new MakePhantomsJob());
    assertThat(again.outcome()).contains("already there");
  }

  private static boolean hidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  @Test
  void labelsAreTheTruth() {
    Map<String, Set<Subtype>> labels =
        pipeline().rows(new LabelsTable()).stream()
            .collect(toMap(ImageLabels::imageId, StagesIT::positives));

    assertThat(labels).isEqualTo(truth.labels());
  }

  private static Set<Subtype> positives(ImageLabels labels) {
    return Subtype.ALL.stream().filter(labels::has).collect(toSet());
  }

  @Test
  void labelDefectsAreInTheLedgerAndTheBooksClose() {
    Map<String, Long> rows = new TreeMap<>();
    for (var e : pipeline().rows(new LabelFindingsTable())) {
      rows.merge(e.reason() + " " + e.imageId(), e.rows(), Long::sum);
      assertThat(e.file()).endsWith(PhantomDump.LABELS);
      assertThat(e.line()).isGreaterThan(1);
    }

    assertThat(rows)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "CONFLICTING_LABEL " + id(Defect.CONFLICTING_LABEL),
                7L,
                "DUPLICATE_ROW " + id(Defect.DUPLICATE_LABEL),
                6L,
                "UNANNOTATED " + id(Defect.BLANK_LABEL),
                6L,
                "MALFORMED_ROW ",
                1L,
                "INCOMPLETE_IMAGE " + id(Defect.MALFORMED_LABEL),
                5L,
                "ANY_MISMATCH " + id(Defect.ANY_MISMATCH),
                6L));
    JobReport report = report("reshape-labels");
    assertThat(report.out()).isEqualTo(6L * truth.labels().size());
    assertThat(report.in()).isEqualTo(report.out() + 31);
    assertThat(report.rejects()).isEqualTo(31);
  }

  @Test
  void slicesAreAllThatCanBeRead() {
    List<SlicesTable.Slice> slices = pipeline().rows(new SlicesTable());

    assertThat(slices)
        .extracting(SlicesTable.Slice::imageId)
        .containsExactlyInAnyOrderElementsOf(truth.images().stream().map(Image::imageId).toList());
    for (SlicesTable.Slice slice : slices) {
      Image image = Objects.requireNonNull(truth.image(slice.imageId()));
      assertThat(slice.identity().patientId()).isEqualTo(image.patientId());
      assertThat(slice.identity().seriesId()).isEqualTo(image.seriesId());
      assertThat(slice.pixels().rows()).isEqualTo(SETTINGS.size());
    }
    JobReport report = report("audit-dicom");
    assertThat(report.in()).isEqualTo(truth.files());
    assertThat(report.out()).isEqualTo(truth.images().size());
  }

  @Test
  void everyPlantedDefectIsInTheLedgerUnderItsReason() {
    Set<String> expected = new TreeSet<>();
    for (Defect defect :
        List.of(
            Defect.TRUNCATED,
            Defect.SHORT_PIXEL_DATA,
            Defect.NOT_DICOM,
            Defect.NOT_CT,
            Defect.UNSUPPORTED_SYNTAX,
            Defect.DUPLICATE_ID)) {
      expected.add("audit-dicom " + defect + " rejected " + id(defect));
    }
    for (Defect defect : List.of(Defect.NO_RESCALE, Defect.NAME_MISMATCH, Defect.UNANNOTATED)) {
      expected.add("audit-dicom " + defect + " noted " + id(defect));
    }
    // These have no labels, because their rows were rejected.
    for (Defect defect :
        List.of(
            Defect.CONFLICTING_LABEL,
            Defect.BLANK_LABEL,
            Defect.MALFORMED_LABEL,
            Defect.ANY_MISMATCH)) {
      expected.add("audit-dicom UNANNOTATED noted " + id(defect));
    }
    expected.add("audit-dicom ORPHAN_LABEL noted " + extra(Defect.ORPHAN_LABEL));
    expected.add("audit-dicom DUPLICATE_PIXELS noted " + later(Defect.DUPLICATE_PIXELS));
    expected.add("audit-dicom NO_GEOMETRY noted " + id(Defect.MISSING_GEOMETRY));
    expected.add("audit-dicom SUSPECT_RESCALE noted " + id(Defect.RSNA_WRAP));
    expected.add("select-slices NO_GEOMETRY noted " + id(Defect.MISSING_GEOMETRY));
    expected.add("select-slices OTHER_ORIENTATION noted " + extra(Defect.LOCALIZER));
    expected.add("select-slices DUPLICATE_SLICE noted " + extra(Defect.DUPLICATE_PIXELS));
    expected.add("select-slices TIE noted " + laterOfTie());
    for (List<Image> series : truth.series().values()) {
      for (int i = 1; i < series.size(); i++) {
        if (series.get(i).place() - series.get(i - 1).place() > 1.5) {
          expected.add("select-slices GAP noted " + series.get(i).imageId());
        }
      }
    }

    List<SliceFindingsTable.Entry> ledger = pipeline().rows(new SliceFindingsTable());
    for (SlicesTable.Slice slice : pipeline().rows(new SlicesTable())) {
      if (slice.content().repairs().contains("UNDECLARED_PADDING")) {
        expected.add("audit-dicom REPAIRED_PADDING noted " + slice.imageId());
      }
    }
    assertThat(ledger)
        .extracting(e -> e.job() + " " + e.reason() + rejection(e) + e.imageId())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ledger).extracting(e -> e.job() + e.object() + e.reason()).doesNotHaveDuplicates();
    assertThat(expected).filteredOn(e -> e.contains(" GAP ")).isNotEmpty();
  }

  private static String rejection(SliceFindingsTable.Entry entry) {
    return entry.rejected() ? " rejected " : " noted ";
  }

  private String id(Defect defect) {
    return truth.site(defect).imageId();
  }

  private String extra(Defect defect) {
    return PhantomTruth.extraId(truth.site(defect));
  }

  private String later(Defect defect) {
    return Collections.max(List.of(id(defect), extra(defect)));
  }

  private String laterOfTie() {
    PhantomSlice tied = truth.site(Defect.TIED_POSITION);
    List<Image> series =
        truth.series().values().stream()
            .filter(s -> s.stream().anyMatch(i -> i.imageId().equals(tied.imageId())))
            .findFirst()
            .orElseThrow();
    return series.stream()
        .filter(i -> i.place() == tied.position() - 1)
        .map(Image::imageId)
        .max(String::compareTo)
        .orElseThrow();
  }

  @Test
  void theMiddleOfEachSeriesIsSelected() {
    Set<String> expected = new TreeSet<>();
    for (List<Image> series : truth.series().values()) {
      int start = (series.size() - K) / 2;
      for (int i = start; i < start + K; i++) {
        String image = series.get(i).imageId();
        if (truth.labels().containsKey(image)) {
          String row =
              "%s %d of %d between %s and %s"
                  .formatted(
                      image,
                      i,
                      series.size(),
                      series.get(i - 1).imageId(),
                      series.get(i + 1).imageId());
          expected.add("binary " + row);
          if (labels(image).contains(Subtype.ANY)) {
            expected.add("multilabel " + row);
          }
        }
      }
    }

    List<Selection> selections = pipeline().rows(new SelectionsTable());
    assertThat(selections)
        .extracting(
            s ->
                "%s %s %d of %d between %s and %s"
                    .formatted(
                        s.dataset(),
                        s.imageId(),
                        s.position(),
                        s.seriesSlices(),
                        s.previousImageId(),
                        s.nextImageId()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).filteredOn(row -> row.startsWith("multilabel")).isNotEmpty();
  }

  @Test
  void noPatientIsOnTwoSidesAndWeightsBalance() {
    Map<String, Set<String>> sides = new HashMap<>();
    Map<Boolean, Double> weight = new HashMap<>();
    Map<Boolean, Integer> count = new HashMap<>();
    for (Selection s : pipeline().rows(new SelectionsTable())) {
      sides.computeIfAbsent(s.patientId(), p -> new HashSet<>()).add(s.split());
      if (s.dataset().equals("binary") && s.split().equals("train")) {
        boolean positive = labels(s.imageId()).contains(Subtype.ANY);
        weight.merge(positive, s.weight(), Double::sum);
        count.merge(positive, 1, Integer::sum);
      } else {
        assertThat(s.weight()).isEqualTo(1);
      }
      assertThat(s.copies()).isEqualTo(1);
    }

    assertThat(sides).hasSize(SETTINGS.patients());
    assertThat(sides.values()).allSatisfy(side -> assertThat(side).hasSize(1));
    assertThat(count).hasSize(2);
    int n = count.getOrDefault(true, 0) + count.getOrDefault(false, 0);
    assertThat(weight.getOrDefault(true, 0.0)).isCloseTo(n / 2.0, within());
    assertThat(weight.getOrDefault(false, 0.0)).isCloseTo(n / 2.0, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  private Set<Subtype> labels(String imageId) {
    return Objects.requireNonNull(truth.labels().get(imageId), imageId);
  }

  @Test
  void tensorsAreWhatTheCoreMakesOfThePixels() {
    TensorBuilder builder =
        new TensorBuilder(
            new TensorSpec(64, List.of(CtWindow.BONE, CtWindow.BRAIN, CtWindow.SUBDURAL), false));
    Map<String, Selection> selections =
        pipeline().rows(new SelectionsTable()).stream()
            .collect(toMap(s -> s.dataset() + s.imageId(), s -> s));

    List<TensorsTable.Tensor> tensors = pipeline().rows(new TensorsTable());
    assertThat(tensors).hasSameSizeAs(selections.keySet());
    for (TensorsTable.Tensor tensor : tensors) {
      String image = tensor.place().imageId();
      Selection selected =
          Objects.requireNonNull(selections.remove(tensor.place().dataset() + image), image);
      assertThat(tensor.place().split()).isEqualTo(selected.split());
      assertThat(tensor.place().patientId()).isEqualTo(selected.patientId());
      assertThat(positives(tensor.labels())).isEqualTo(labels(image));
      assertThat(tensor.form().windows()).isEqualTo("bone:600/2800,brain:40/80,subdural:80/200");
      assertThat(List.of(tensor.form().channels(), tensor.form().height(), tensor.form().width()))
          .containsExactly(3, 64, 64);
      assertThat(tensor.pixels())
          .as("%s %s", image, truth.image(image))
          .isEqualTo(builder.build(Objects.requireNonNull(truth.image(image)).hu()));
    }
  }

  @Test
  void snapshotsTellHowTheyCameToBe() {
    Warehouse warehouse = pipeline().warehouse();
    for (TableDefinition<?> table : Pipeline.REFRESHED) {
      Map<String, String> summary = warehouse.summary(table);
      String writer = Objects.requireNonNull(summary.get("ich.job"));
      assertThat(summary)
          .as(table.name())
          .containsEntry("ich.code-version", CodeVersion.current())
          .containsEntry("ich.run-id", report(writer).runId())
          .hasEntrySatisfying("ich.config-hash", h -> assertThat(h).matches("[0-9a-f]{16}"));
    }
    assertThat(warehouse.summary(new TensorsTable()))
        .containsEntry("ich.input.selections", snapshot(new SelectionsTable()))
        .containsEntry("ich.input.slices", snapshot(new SlicesTable()))
        .containsEntry("ich.input.labels", snapshot(new LabelsTable()));
    assertThat(warehouse.summary(new SelectionsTable()))
        .containsEntry("ich.input.slices", snapshot(new SlicesTable()))
        .containsEntry("ich.input.labels", snapshot(new LabelsTable()));
    assertThat(warehouse.summary(new SlicesTable())).containsKey("ich.input.dicom");
    assertThat(warehouse.summary(new LabelsTable())).containsKey("ich.input.labels");
  }

  private String snapshot(TableDefinition<?> table) {
    return Long.toString(pipeline().warehouse().snapshot(table));
  }

  @Test
  void tablesAreListedAndDescribed() {
    assertThat(pipeline().sql("SHOW TABLES IN ich"))
        .extracting(row -> row.<String>getAs("tableName"))
        .containsExactlyInAnyOrderElementsOf(
            Pipeline.REFRESHED.stream().map(TableDefinition::name).toList());
    for (TableDefinition<?> table : Pipeline.REFRESHED) {
      Map<String, String> comments = new HashMap<>();
      for (Row row : pipeline().sql("DESCRIBE TABLE ich." + table.name())) {
        comments.putIfAbsent(row.getString(0), String.valueOf(row.<String>getAs("comment")));
      }
      for (var field : table.schema().fields()) {
        assertThat(comments.get(field.name()))
            .as("%s.%s", table.name(), field.name())
            .isEqualTo(field.getComment().get());
      }
      assertThat(pipeline().warehouse().iceberg(table).properties())
          .containsEntry("comment", table.comment());
    }
  }

  @Test
  void reportsAreKeptAsJson() throws IOException {
    for (JobReport report : reports.values()) {
      Path json = folder.resolve("reports/runs/%s-%s.json".formatted(report.runId(), report.job()));
      assertThat(json).content().contains("\"job\" : \"" + report.job() + "\"", "\"rejected\"");
    }
    JobReport selection = report("select-slices");
    Path json = folder.resolve("reports/runs/%s-select-slices.json".formatted(selection.runId()));
    JsonNode tables = new ObjectMapper().readTree(json.toFile()).get("tables");
    assertThat(tables.get(0).get("title").asText()).isEqualTo("binary");
    JsonNode total = tables.get(0).get("rows").get(3);
    assertThat(total.get("name").asText()).isEqualTo("total");
    assertThat(total.get("counts").get(2).asLong()).isEqualTo(selection.out());
  }

  @Test
  @Tag("nightly")
  void aSecondRunGivesTheSameRows() throws IOException {
    Pipeline again = second("again");
    STAGES.forEach(again::run);
    Map<String, List<String>> first = contents(again);
    STAGES.forEach(again::run);

    assertThat(contents(again)).isEqualTo(first);
    assertThat(contents(pipeline())).isEqualTo(first);
  }

  /** Returns a pipeline over the same dump with tables of its own. */
  private Pipeline second(String name, String... more) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "labels.input=" + folder.resolve("dump").resolve(PhantomDump.LABELS),
                "dicom.input=" + folder.resolve("dump").resolve(PhantomDump.FOLDER),
                "max-reject-ratio=0.1",
                "audit.depth=pixels",
                "select.middle-slices=" + K,
                "tensors.size=64"));
    settings.addAll(List.of(more));
    return new Pipeline(TestSpark.session(), own, settings.toArray(new String[0]));
  }

  private static Map<String, List<String>> contents(Pipeline pipeline) {
    Map<String, List<String>> contents = new TreeMap<>();
    for (TableDefinition<?> table : Pipeline.REFRESHED) {
      contents.put(
          table.name(),
          pipeline.sql("SELECT * FROM ich." + table.name()).stream()
              .map(StagesIT::text)
              .sorted()
              .toList());
    }
    return contents;
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      text.append(value instanceof byte[] bytes ? java.util.Arrays.hashCode(bytes) : value);
      text.append('|');
    }
    return text.toString();
  }

  /** Rows in any order, in two files of which one is compressed, give the same labels. */
  @Test
  void labelRowsMayComeInAnyOrderAndSeveralFiles() throws IOException {
    List<String> lines =
        new ArrayList<>(Files.readAllLines(folder.resolve("dump").resolve(PhantomDump.LABELS)));
    String header = lines.remove(0);
    Collections.shuffle(lines, new Random(3));
    Path input = Files.createDirectories(folder.resolve("shuffled"));
    write(input.resolve("one.csv"), header, lines.subList(0, lines.size() / 3));
    write(input.resolve("two.csv.gz"), header, lines.subList(lines.size() / 3, lines.size()));
    Pipeline shuffled = second("shuffled-tables", "labels.input=" + input);

    JobReport report = shuffled.run(new ReshapeLabelsJob());

    assertThat(contents(shuffled, new LabelsTable()))
        .isEqualTo(contents(pipeline(), new LabelsTable()));
    assertThat(report.rejected()).isEqualTo(report("reshape-labels").rejected());
    assertThat(reasons(shuffled)).isEqualTo(reasons(pipeline()));
  }

  private static Set<ImageLabels> contents(Pipeline pipeline, LabelsTable table) {
    return new HashSet<>(pipeline.rows(table));
  }

  private static Map<String, Long> reasons(Pipeline pipeline) {
    return pipeline.rows(new LabelFindingsTable()).stream()
        .collect(groupingBy(e -> e.reason() + " " + e.imageId() + " " + e.rows(), counting()));
  }

  private static void write(Path file, String header, List<String> lines) throws IOException {
    String text = header + "\n" + String.join("\n", lines) + "\n";
    try (OutputStream out =
        file.toString().endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
