package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.testing.CtHeaders;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the audit finds in headers, and what it finds only in pixels. */
class AuditDepthIT {
  private static final String PIXELS = "audit.depth=pixels";

  /** Reasons that only pixels show. */
  private static final Set<String> OF_PIXELS = Set.of("DUPLICATE_PIXELS", "REPAIRED_PADDING");

  @TempDir Path folder;

  private Pipeline pipeline(String... settings) {
    return new Pipeline(TestSpark.session(), folder, settings);
  }

  @Test
  void headersFindAllButWhatOnlyPixelsShow() {
    Path dump = folder.resolve("dump");
    Pipeline pipeline =
        pipeline(
            "phantoms.output=" + dump,
            "phantoms.patients=8",
            "phantoms.slices=9",
            "phantoms.size=64",
            "phantoms.defects=all",
            "labels.input=" + dump.resolve(PhantomDump.LABELS),
            "dicom.input=" + dump.resolve(PhantomDump.FOLDER),
            "max-reject-ratio=0.2");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(new ReshapeLabelsJob());

    JobReport pixels = pipeline.run(new AuditDicomJob(), PIXELS);
    Map<String, Slice> read = slices(pipeline);
    Set<String> allFindings = findings(pipeline, reason -> true);
    JobReport headers = pipeline.run(new AuditDicomJob());

    assertThat(headers.rejected()).isEqualTo(pixels.rejected()).isNotEmpty();
    assertThat(slices(pipeline).keySet()).isEqualTo(read.keySet());
    slices(pipeline)
        .forEach(
            (image, slice) -> {
              Slice whole = Objects.requireNonNull(read.get(image));
              assertThat(slice)
                  .usingRecursiveComparison()
                  .ignoringFields("content")
                  .isEqualTo(whole);
              assertThat(slice.content().pixelHash()).isNull();
              assertThat(slice.content().contentHash()).isNull();
              assertThat(slice.content().brainShare()).isNull();
              assertThat(whole.content().repairs()).containsAll(slice.content().repairs());
              assertThat(whole.content().contentHash()).matches("[0-9a-f]{64}");
              assertThat(whole.content().brainShare()).isBetween(0.0, 1.0);
            });
    assertThat(findings(pipeline, reason -> true))
        .isEqualTo(minus(allFindings, OF_PIXELS))
        .isNotEqualTo(allFindings);
    assertThat(headers.facts().get("pixels")).startsWith("not read");
    assertThat(pixels.facts()).doesNotContainKey("pixels");
  }

  private static Set<String> minus(Set<String> findings, Set<String> reasons) {
    Set<String> rest = new TreeSet<>();
    findings.forEach(
        f -> rest.add(f.replaceAll("; (same pixels|pixels differ);", "; pixels not read;")));
    rest.removeIf(finding -> reasons.contains(finding.substring(0, finding.indexOf(' '))));
    return rest;
  }

  private static Map<String, Slice> slices(Pipeline pipeline) {
    return pipeline.rows(new SlicesTable()).stream().collect(toMap(Slice::imageId, s -> s));
  }

  private static Set<String> findings(Pipeline pipeline, Function<String, Boolean> wanted) {
    Set<String> findings = new TreeSet<>();
    for (SliceFindingsTable.Entry e : pipeline.rows(new SliceFindingsTable())) {
      if (wanted.apply(e.reason())) {
        findings.add(e.reason() + " " + e.imageId() + " " + e.detail());
      }
    }
    return findings;
  }

  @Test
  void equalPixelsSayWhetherTheirLabelsDiffer() throws IOException {
    Path dump = Files.createDirectories(folder.resolve("dump"));
    for (int pair = 0; pair < 4; pair++) {
      for (String twin : List.of("a", "b")) {
        String id = "ID_00000000" + pair + twin;
        Files.write(dump.resolve(id + ".dcm"), object(id, pair));
      }
    }
    Files.write(dump.resolve("ID_000000005.dcm"), object("ID_000000005", 5));
    Path labels =
        Files.writeString(
            folder.resolve("labels.csv"),
            "ID,Label\n"
                + six("ID_00000000" + "0a", Subtype.ANY, Subtype.SUBDURAL)
                + six("ID_00000000" + "0b", Subtype.ANY, Subtype.EPIDURAL)
                + six("ID_00000000" + "1a", Subtype.ANY, Subtype.SUBDURAL)
                + six("ID_00000000" + "1b", Subtype.ANY, Subtype.SUBDURAL)
                + six("ID_00000000" + "2a"));
    Pipeline pipeline = pipeline("labels.input=" + labels, "dicom.input=" + dump, PIXELS);
    pipeline.run(new AuditDicomJob());
    assertThat(findings(pipeline, "DUPLICATE_PIXELS"::equals))
        .contains("DUPLICATE_PIXELS ID_000000000b same pixels as ID_000000000a")
        .hasSize(4);
    pipeline.run(new ReshapeLabelsJob());

    pipeline.run(new AuditDicomJob());

    assertThat(findings(pipeline, "DUPLICATE_PIXELS"::equals))
        .containsExactly(
            "DUPLICATE_PIXELS ID_000000000b same pixels as ID_000000000a;"
                + " labels differ in epidural, subdural",
            "DUPLICATE_PIXELS ID_000000001b same pixels as ID_000000001a; same labels",
            "DUPLICATE_PIXELS ID_000000002b same pixels as ID_000000002a;"
                + " only one of them has labels",
            "DUPLICATE_PIXELS ID_000000003b same pixels as ID_000000003a; neither has labels");
  }

  private static String six(String id, Subtype... positive) {
    StringBuilder rows = new StringBuilder();
    for (Subtype subtype : Subtype.ALL) {
      int value = Arrays.asList(positive).contains(subtype) ? 1 : 0;
      rows.append(id).append('_').append(subtype.column()).append(',').append(value).append('\n');
    }
    return rows.toString();
  }

  /** The archive has deflated members. One of them is damaged behind its header. */
  @Test
  void headersOfAnArchiveAreReadFromTheStartOfItsMembers() throws IOException {
    byte[] sound = object("ID_000000001", 1, 256);
    byte[] longHeader = withPrivateElement(object("ID_000000002", 2, 256), 300_000);
    Path zip = folder.resolve("dump.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (var member :
          Map.of("a/ID_000000001.dcm", sound, "a/ID_000000002.dcm", longHeader).entrySet()) {
        out.putNextEntry(new ZipEntry(member.getKey()));
        out.write(member.getValue());
      }
    }
    damage(zip, "a/ID_000000001.dcm");
    Pipeline pipeline = pipeline("dicom.input=" + zip, "max-reject-ratio=1");

    JobReport headers = pipeline.run(new AuditDicomJob());
    assertThat(slices(pipeline).keySet()).containsExactlyInAnyOrder("ID_000000001", "ID_000000002");
    assertThat(headers.facts().get("bytes read"))
        .as("the long header costs three reads")
        .matches("[\\d,]+ of %,d".formatted(sound.length + longHeader.length));

    JobReport pixels = pipeline.run(new AuditDicomJob(), PIXELS);
    assertThat(pixels.rejected()).containsExactly(Map.entry("DAMAGED_MEMBER", 1L));
    assertThat(slices(pipeline).keySet()).containsExactly("ID_000000002");
  }

  private static void damage(Path zip, String member) throws IOException {
    byte[] bytes = Files.readAllBytes(zip);
    int header = indexOf(bytes, member.getBytes(UTF_8));
    // Noise hardly deflates. This place is far behind the header and before the next member.
    bytes[header + 100_000] ^= 0x55;
    Files.write(zip, bytes);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }

  private static byte[] object(String id, int seed) {
    return object(id, seed, 16);
  }

  private static byte[] object(String id, int seed, int size) {
    Random random = new Random(seed);
    short[] values = new short[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) random.nextInt(4096);
    }
    return DicomWriter.write(
        CtHeaders.axial(size, 5.0 * seed)
            .sopInstanceUid(id)
            .studyInstanceUid("ID_0000000001")
            .seriesInstanceUid("ID_0000000002")
            .patientId("ID_00000001")
            .build(),
        new StoredPixels(size, size, true, values));
  }

  /** Inserts a private element with this many zeros before PixelData, in implicit VR. */
  private static byte[] withPrivateElement(byte[] object, int length) {
    byte[] pixelData = {(byte) 0xE0, 0x7F, 0x10, 0x00};
    int at = indexOf(object, pixelData);
    byte[] head = {
      0x29,
      0x00,
      0x10,
      0x10,
      (byte) length,
      (byte) (length >>> 8),
      (byte) (length >>> 16),
      (byte) (length >>> 24)
    };
    byte[] longer = new byte[object.length + head.length + length];
    System.arraycopy(object, 0, longer, 0, at);
    System.arraycopy(head, 0, longer, at, head.length);
    System.arraycopy(object, at, longer, at + head.length + length, object.length - at);
    return longer;
  }

  /** Before there were depths, every slice had hashes and none had a share of brain. */
  @Test
  void aTableOfAnEarlierReleaseIsWidened() throws IOException {
    Path dump = Files.createDirectories(folder.resolve("dump"));
    Files.write(dump.resolve("ID_000000001.dcm"), object("ID_000000001", 1));
    Pipeline pipeline = pipeline("dicom.input=" + dump);
    pipeline.run(new AuditDicomJob(), PIXELS);
    pipeline
        .warehouse()
        .iceberg(new SlicesTable())
        .updateSchema()
        .allowIncompatibleChanges()
        .deleteColumn("brain_share")
        .requireColumn("pixel_hash")
        .commit();

    pipeline.run(new AuditDicomJob());
    assertThat(slices(pipeline).values()).allMatch(slice -> slice.content().pixelHash() == null);

    pipeline.run(new AuditDicomJob(), PIXELS);
    assertThat(slices(pipeline).values()).allMatch(slice -> slice.content().brainShare() != null);
  }

  @Test
  @Tag("nightly")
  void filesAreNotReadBehindTheirHeaders() throws IOException {
    Path dump = Files.createDirectories(folder.resolve("dump"));
    for (int i = 0; i < 3; i++) {
      Files.write(dump.resolve("ID_00000000" + i + ".dcm"), object("ID_00000000" + i, i, 256));
    }
    Pipeline pipeline = pipeline("dicom.input=" + dump);

    JobReport report = pipeline.run(new AuditDicomJob());

    long all = Stream.of(0, 1, 2).mapToLong(i -> object("ID_00000000" + i, i, 256).length).sum();
    assertThat(report.facts().get("bytes read"))
        .isEqualTo("%,d of %,d".formatted(3 * (16 << 10), all));
  }
}
