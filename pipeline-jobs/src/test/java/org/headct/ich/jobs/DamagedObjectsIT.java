package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.iceberg.SnapshotRef;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SliceFindingsTable.Entry;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of objects whose damage shows only when their pixels are read. The audit need not read
 * them.
 */
class DamagedObjectsIT {
  private static final int SIZE = 64;
  private static final String WINDOW = "tensors.windows=brain";
  private static final int PIXEL_BYTES = 2 * SIZE * SIZE;

  @TempDir private Path folder = Path.of("");

  private Path archive = folder;
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  /** Selected images: of a file, with and without haemorrhage, and of an archive's member. */
  private String inBoth = "";

  private String inBinary = "";
  private String archived = "";

  @BeforeEach
  void select() throws IOException {
    Path dump = folder.resolve("dump");
    archive = dump.resolve(PhantomDump.FOLDER).resolve("half.zip");
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            dump,
            "phantoms.patients=3",
            "phantoms.slices=11",
            "phantoms.size=" + SIZE,
            "phantoms.prevalence=1",
            "select.middle-slices=9",
            "tensors.size=64",
            "max-reject-ratio=0.3");
    pipeline.run(new MakePhantomsJob());
    archiveHalf();
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob());
    pipeline.run(new SelectSlicesJob());

    Set<String> files =
        pipeline.rows(new SlicesTable()).stream()
            .filter(slice -> slice.location().member().isEmpty())
            .map(SlicesTable.Slice::imageId)
            .collect(toSet());
    Set<String> positive =
        pipeline.rows(new SelectionsTable()).stream()
            .filter(s -> s.dataset().equals("multilabel"))
            .map(Selection::imageId)
            .collect(toSet());
    inBoth = selected(image -> files.contains(image) && positive.contains(image));
    inBinary = selected(image -> files.contains(image) && !positive.contains(image));
    archived = selected(image -> !files.contains(image) && !positive.contains(image));
  }

  /** Moves every other object into an archive beside the rest, as a stored member. */
  private void archiveHalf() throws IOException {
    List<Path> objects;
    try (var files = Files.list(archive.resolveSibling(""))) {
      objects = files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < objects.size(); i += 2) {
        byte[] bytes = Files.readAllBytes(objects.get(i));
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(objects.get(i).getFileName().toString());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        Files.delete(objects.get(i));
      }
    }
  }

  private String selected(Predicate<String> wanted) {
    return pipeline.rows(new SelectionsTable()).stream()
        .map(Selection::imageId)
        .filter(wanted)
        .min(String::compareTo)
        .orElseThrow();
  }

  @Test
  void haveNoTensorAndTheLedgerSaysWhy() throws IOException {
    List<Entry> audited = pipeline.rows(new SliceFindingsTable());
    shortenPixelData(file(inBoth));
    overwrite(file(inBinary));
    flipInArchive(archived);

    JobReport report = pipeline.run(new BuildTensorsJob());

    assertCountsReconcile(report);
    assertThat(report.rejected())
        .isEqualTo(Map.of("SHORT_PIXEL_DATA", 2L, "NOT_DICOM", 1L, "DAMAGED_MEMBER", 1L));
    List<Entry> ledger = pipeline.rows(new SliceFindingsTable());
    assertThat(ledger).containsAll(audited).hasSize(audited.size() + 3);
    assertThat(ledger)
        .filteredOn(e -> e.job().equals("build-tensors"))
        .allMatch(Entry::rejected)
        .noneMatch(e -> e.detail().isBlank())
        .extracting(e -> e.reason() + " " + e.imageId() + " " + e.object())
        .containsExactlyInAnyOrder(
            "SHORT_PIXEL_DATA " + inBoth + " " + uri(file(inBoth)),
            "NOT_DICOM " + inBinary + " " + uri(file(inBinary)),
            "DAMAGED_MEMBER " + archived + " " + uri(archive) + "!" + archived + ".dcm");

    JobReport again = pipeline.run(new BuildTensorsJob());

    assertCountsReconcile(again);
    assertThat(again.rejected()).isEqualTo(report.rejected());
    assertThat(pipeline.rows(new SliceFindingsTable())).containsExactlyInAnyOrderElementsOf(ledger);
  }

  @Test
  void areRefusedAboveTheRatioAndTheTensorsStayAsTheyAre() throws IOException {
    pipeline.run(new BuildTensorsJob());
    long tensors = pipeline.warehouse().snapshot(new TensorsTable());
    long ledger = pipeline.warehouse().snapshot(new SliceFindingsTable());
    byte[] sound = Files.readAllBytes(file(inBoth));
    shortenPixelData(file(inBoth));

    // Another window is needed, because objects that look unchanged to the audit are not read
    // again.
    assertThatThrownBy(() -> pipeline.run(new BuildTensorsJob(), WINDOW, "max-reject-ratio=0"))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContainingAll(
            "2 of ", " selections were rejected {SHORT_PIXEL_DATA=2}", inBoth + " SHORT_PIXEL_DATA")
        .hasMessageNotContaining(folder.toString());

    assertThat(pipeline.warehouse().snapshot(new TensorsTable())).isEqualTo(tensors);
    assertThat(pipeline.warehouse().snapshot(new SliceFindingsTable())).isEqualTo(ledger);
    assertThat(pipeline.warehouse().iceberg(new TensorsTable()).refs())
        .containsOnlyKeys(SnapshotRef.MAIN_BRANCH);
    assertThat(keys()).contains("multilabel " + inBoth);

    pipeline.run(new BuildTensorsJob(), WINDOW);
    assertThat(keys()).doesNotContain("multilabel " + inBoth).contains("binary " + inBinary);
    assertThat(new BuildTensorsJob().upToDate(pipeline.context(WINDOW))).isTrue();
    assertThat(new BuildTensorsJob().upToDate(pipeline.context(WINDOW, "max-reject-ratio=0")))
        .isFalse();

    // The file is sound again: tensors and findings are as before the damage.
    Files.write(file(inBoth), sound);
    assertCountsReconcile(pipeline.run(new BuildTensorsJob(), WINDOW, "max-reject-ratio=0"));
    assertThat(keys()).contains("binary " + inBoth, "multilabel " + inBoth);
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .noneMatch(e -> e.job().equals("build-tensors"));
  }

  /** Checks that row counts reconcile, and that the findings name exactly the missing tensors. */
  private void assertCountsReconcile(JobReport report) {
    Set<String> damaged =
        pipeline.rows(new SliceFindingsTable()).stream()
            .filter(e -> e.job().equals("build-tensors"))
            .map(Entry::imageId)
            .collect(toSet());
    List<Selection> selections = pipeline.rows(new SelectionsTable());
    List<String> expected =
        selections.stream()
            .filter(s -> !damaged.contains(s.imageId()))
            .map(s -> s.dataset() + " " + s.imageId())
            .toList();
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(report.in()).isEqualTo(selections.size());
    assertThat(report.out()).isEqualTo(expected.size());
    assertThat(report.in()).isEqualTo(report.out() + report.rejects());
  }

  private List<String> keys() {
    return pipeline.rows(new TensorsTable()).stream()
        .map(t -> t.place().dataset() + " " + t.place().imageId())
        .toList();
  }

  private Path file(String image) {
    return archive.resolveSibling(image + ".dcm");
  }

  private static String uri(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri()).toString();
  }

  /** Keeps a quarter of the pixels and pads to the old size. The header stays whole. */
  private static void shortenPixelData(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int pixels = bytes.length - PIXEL_BYTES;
    assertThat(fields.getInt(pixels - Integer.BYTES)).isEqualTo(PIXEL_BYTES);
    fields.putInt(pixels - Integer.BYTES, PIXEL_BYTES / 4);
    // Data Set Trailing Padding (FFFC,FFFC) OB.
    fields.position(pixels + PIXEL_BYTES / 4);
    fields.putInt(0xFFFC_FFFC).putShort((short) ('O' | 'B' << 8)).putShort((short) 0);
    fields.putInt(fields.remaining() - Integer.BYTES);
    Files.write(file, bytes);
  }

  /** Overwrites the file with the same number of bytes. */
  private static void overwrite(Path file) throws IOException {
    Files.writeString(file, "x".repeat((int) Files.size(file)));
  }

  /** Flips one bit in the last byte of the pixels, which only the checksum shows. */
  private void flipInArchive(String image) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    SlicesTable.Location l =
        pipeline.rows(new SlicesTable()).stream()
            .filter(slice -> slice.imageId().equals(image))
            .map(SlicesTable.Slice::location)
            .findFirst()
            .orElseThrow();
    int name = new String(bytes, ISO_8859_1).indexOf(l.member(), (int) l.offset());
    bytes[name + l.member().length() + (int) l.storedBytes() - 1] ^= 1;
    Files.write(archive, bytes);
  }
}
