package org.headct.ich.jobs;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.domain.ct.SliceAudit;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.FileExchange;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.SavedFolder;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests that only changes are built, and that the rows equal those of a build from nothing. */
@TestInstance(Lifecycle.PER_CLASS)
class IncrementalTensorsIT {
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final String[] NOTHING = {};

  @TempDir private static Path temporary = Path.of("");

  private Path folder = temporary;
  private Path dump = folder;
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);
  private SavedFolder built;

  @BeforeAll
  void build() throws IOException {
    folder = Files.createDirectory(temporary.resolve("tables"));
    dump = folder.resolve("dump");
    pipeline = pipeline("first");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(new ReshapeLabelsJob());
    upToTensors(pipeline, NOTHING);
    built = SavedFolder.save(folder, temporary.resolve("built"));
  }

  @BeforeEach
  void restore() throws IOException {
    built.restore();
    pipeline = pipeline("first");
  }

  private Pipeline pipeline(String name) {
    return Pipeline.overPhantoms(
        TestSpark.session(),
        folder.resolve(name),
        dump,
        "phantoms.patients=6",
        "phantoms.slices=9",
        "phantoms.size=64",
        "phantoms.prevalence=0.7",
        "split.test=0.3",
        "tensors.size=64",
        "tensors.row-group-rows=8",
        "tensors.file-rows=8");
  }

  private static JobReport upToTensors(Pipeline pipeline, String... more) {
    pipeline.run(new AuditDicomJob(), more);
    pipeline.run(new SelectSlicesJob(), more);
    return pipeline.run(new BuildTensorsJob(), more);
  }

  @Test
  void aSecondRunWritesNothing() {
    Set<String> files = files();
    long snapshot = snapshot();

    JobReport again = pipeline.run(new BuildTensorsJob());

    assertThat(again.outcome()).startsWith("nothing new");
    assertThat(again.written()).isEmpty();
    assertThat(snapshot()).isEqualTo(snapshot);
    // All inputs are new and have the same rows. Only the note changes, no file.
    JobReport same = upToTensors(pipeline, NOTHING);
    assertThat(same.facts()).containsEntry("built", "0 tensors");
    assertThat(files()).isEqualTo(files);
    assertThat(new BuildTensorsJob().upToDate(pipeline.context())).isTrue();
  }

  @Test
  void anObjectThatChangedIsBuiltAnewAndItsNeighboursAreCopied() throws IOException {
    Map<String, Tensor> before = tensors(pipeline);
    Set<String> files = files();
    Tensor changed = before.values().iterator().next();
    String image = changed.place().imageId();
    brighten(image);

    JobReport report = upToTensors(pipeline, NOTHING);

    long rows = before.values().stream().filter(t -> t.place().imageId().equals(image)).count();
    assertThat(report.facts()).containsEntry("built", rows + " tensors");
    assertThat(report.changes()).isEqualTo(new JobReport.Changes(0, rows, 0));
    Set<String> stayed = new HashSet<>(files);
    stayed.retainAll(files());
    assertThat(stayed).hasSize(files.size() - (int) rows);
    Map<String, Tensor> after = tensors(pipeline);
    after.forEach(
        (key, tensor) -> {
          byte[] was = Objects.requireNonNull(before.get(key)).pixels();
          if (tensor.place().imageId().equals(image)) {
            assertThat(tensor.pixels()).isNotEqualTo(was);
          } else {
            assertThat(tensor.pixels()).isEqualTo(was);
          }
        });
    assertThat(hashes(pipeline)).isEqualTo(hashes(fromNothing(NOTHING)));
  }

  /**
   * Only the recipe of such tensors says so, so only those of an earlier release are built again.
   */
  @Test
  void pixelsThatAreNotSquareStandInTheRecipe() throws IOException {
    Map<String, Tensor> before = tensors(pipeline);
    String image = before.values().iterator().next().place().imageId();
    squeeze(image);

    upToTensors(pipeline, NOTHING);

    Map<String, Tensor> after = tensors(pipeline);
    after.forEach(
        (key, tensor) -> {
          Tensor was = Objects.requireNonNull(before.get(key));
          boolean squeezed = tensor.place().imageId().equals(image);
          assertThat(tensor.form().recipe())
              .isEqualTo(was.form().recipe() + (squeezed ? ", with SQUARE_PIXELS" : ""));
          assertThat(Arrays.equals(tensor.pixels(), was.pixels())).isEqualTo(!squeezed);
        });
    assertThat(
            pipeline.sql(
                "SELECT DISTINCT reason FROM ich.slice_findings WHERE image_id = '"
                    + image
                    + "' AND reason LIKE '%SPACING'"))
        .extracting(row -> row.getString(0))
        .containsExactly("REPAIRED_SPACING");

    pipeline.sql("UPDATE ich.tensors SET recipe = split(recipe, ', with')[0]");
    JobReport report = pipeline.run(new BuildTensorsJob());

    long rows = after.values().stream().filter(t -> t.place().imageId().equals(image)).count();
    assertThat(report.facts()).containsEntry("built", rows + " tensors");
    assertThat(hashes(pipeline)).isEqualTo(hashes(after.values().stream().toList()));
    assertThat(pipeline.run(new BuildTensorsJob()).outcome()).startsWith("nothing new");
  }

  /** The bytes are read again and have the same hash, so the tensor stays. */
  @Test
  @Tag("nightly")
  void anObjectThatWasOnlyTouchedIsKnownByItsHash() throws IOException {
    pipeline = fromNothing("audit.depth=pixels");
    Set<String> files = files();
    String image = tensors(pipeline).values().iterator().next().place().imageId();
    touch(dump.resolve(PhantomDump.FOLDER).resolve(image + ".dcm"));

    JobReport report = upToTensors(pipeline, "audit.depth=pixels");

    assertThat(report.facts()).containsEntry("built", "0 tensors");
    assertThat(files()).isEqualTo(files);
  }

  @Test
  @Tag("nightly")
  void whatIsWithdrawnGoesAndWhatComesInItsPlaceIsBuilt() throws IOException {
    Set<String> images = images(pipeline);
    String gone = images.iterator().next();
    Files.delete(dump.resolve(PhantomDump.FOLDER).resolve(gone + ".dcm"));

    upToTensors(pipeline, NOTHING);

    assertThat(images(pipeline)).doesNotContain(gone).hasSize(images.size());
    assertThat(hashes(pipeline)).isEqualTo(hashes(fromNothing(NOTHING)));
  }

  @Test
  void anotherWindowBuildsAllAndTheOldSnapshotStaysReadable() {
    long old = snapshot();
    Set<String> images = images(pipeline);
    Map<String, String> hashes = hashes(pipeline);

    JobReport report = pipeline.run(new BuildTensorsJob(), "tensors.windows=brain,stroke:35/45");

    assertThat(report.facts()).containsEntry("unchanged", "0 tensors kept");
    assertThat(tensors(pipeline).values())
        .allMatch(t -> t.form().windows().equals("brain:40/80,stroke:35/45"))
        .allMatch(t -> t.form().recipe().contains("64x64 brain:40/80,stroke:35/45 uint8"))
        .allMatch(t -> t.pixels().length == 2 * 64 * 64);
    assertThat(images(pipeline)).isEqualTo(images);
    var then =
        pipeline
            .context()
            .spark()
            .read()
            .option("snapshot-id", old)
            .table("ich.tensors")
            .collectAsList();
    assertThat(hashes(then.stream().map(TENSORS::fromRow).toList())).isEqualTo(hashes);
  }

  @Test
  void rowsThatSomebodyDeletedComeBack() throws IOException {
    Map<String, String> hashes = hashes(pipeline);
    String image = images(pipeline).iterator().next();
    pipeline.sql(
        "ALTER TABLE ich.tensors SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')");
    pipeline.sql("DELETE FROM ich.tensors WHERE image_id = '" + image + "'");
    assertThat(pipeline.sql("SELECT * FROM ich.tensors.delete_files")).isNotEmpty();

    pipeline.run(new BuildTensorsJob());

    assertThat(hashes(pipeline)).isEqualTo(hashes);
    try (var tasks = pipeline.warehouse().iceberg(TENSORS).newScan().planFiles()) {
      assertThat(tasks).isNotEmpty().allMatch(task -> task.deletes().isEmpty());
    }
  }

  @Test
  void oneDatasetIsBuiltAndTheOtherStays() {
    Map<String, String> hashes = hashes(pipeline);

    pipeline.run(new BuildTensorsJob(), "tensors.datasets=multilabel", "tensors.windows=bone");

    assertThat(tensors(pipeline).values())
        .allMatch(
            t ->
                t.place().dataset().equals("multilabel")
                    ? t.form().windows().equals("bone:600/2800")
                    : Objects.equals(hashes.get(key(t)), hash(t)));
  }

  /**
   * Without the refusal, both runs would build the same rows and the table would have them twice.
   */
  @Test
  void theRunThatComesSecondIsRefused() {
    FileExchange late = pipeline.warehouse().exchange(TENSORS);
    pipeline.run(new BuildTensorsJob(), "tensors.windows=bone");
    long snapshot = snapshot();

    assertThatThrownBy(
            () ->
                late.publish(
                    Set.of(), List.of(), new SnapshotNote("late", "test", "", "", Map.of())))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContaining("another run has published");
    assertThat(snapshot()).isEqualTo(snapshot);
  }

  private Pipeline fromNothing(String... more) {
    Pipeline fresh = pipeline("fresh");
    fresh.run(new ReshapeLabelsJob(), more);
    upToTensors(fresh, more);
    return fresh;
  }

  private long snapshot() {
    return pipeline.warehouse().snapshot(TENSORS);
  }

  private Set<String> files() {
    return pipeline.sql("SELECT file_path FROM ich.tensors.files").stream()
        .map(row -> row.getString(0))
        .collect(toSet());
  }

  private static Map<String, Tensor> tensors(Pipeline pipeline) {
    return new TreeMap<>(
        pipeline.rows(TENSORS).stream().collect(toMap(IncrementalTensorsIT::key, t -> t)));
  }

  private static Set<String> images(Pipeline pipeline) {
    return pipeline.rows(TENSORS).stream().map(t -> t.place().imageId()).collect(toSet());
  }

  private static Map<String, String> hashes(Pipeline pipeline) {
    return hashes(pipeline.rows(TENSORS));
  }

  private static Map<String, String> hashes(List<Tensor> tensors) {
    return tensors.stream().collect(toMap(IncrementalTensorsIT::key, IncrementalTensorsIT::hash));
  }

  private static String key(Tensor tensor) {
    return tensor.place().dataset() + " " + tensor.place().imageId();
  }

  private static String hash(Tensor t) {
    return "%s %s %s %s %s"
        .formatted(
            t.place(), t.labels().bits(), t.form(), t.origin(), SliceAudit.sha256(t.pixels()));
  }

  /** Turns the lower half of the picture into bone. The file keeps its size. */
  private void brighten(String image) throws IOException {
    Path file = dump.resolve(PhantomDump.FOLDER).resolve(image + ".dcm");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length - 64 * 64; i < bytes.length; i += 2) {
      bytes[i] = (byte) 0xD0;
      bytes[i + 1] = 0x07;
    }
    Files.write(file, bytes);
    touch(file);
  }

  /** Makes the pixels of a file less wide than high. The file keeps its size. */
  private void squeeze(String image) throws IOException {
    Path file = dump.resolve(PhantomDump.FOLDER).resolve(image + ".dcm");
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Matcher spacing = Pattern.compile("([0-9])(\\.[0-9]+)\\\\\\1\\2").matcher(text);
    assertThat(spacing.find()).isTrue();
    int first = spacing.start() + spacing.group().indexOf('\\') + 1;
    String wide = text.substring(0, first) + "2" + text.substring(first + 1);
    Files.writeString(file, wide, StandardCharsets.ISO_8859_1);
    touch(file);
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 5000));
  }
}
