package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SliceFindingsTable.Entry;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.testing.CtHeaders;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps as hospitals and scanners write them: CDs, odd folders, copies, objects without ids. */
class FieldDumpIT {
  private static final int SIZE = 96;
  private static final String PIXELS = "audit.depth=pixels";
  private static final String SR = "1.2.840.10008.5.1.4.1.1.88.22";
  private static final String STATE = "1.2.840.10008.5.1.4.1.1.11.1";

  @TempDir Path folder;

  private Pipeline pipeline(Path dump, String... settings) {
    String[] all = new String[settings.length + 1];
    System.arraycopy(settings, 0, all, 0, settings.length);
    all[settings.length] = "dicom.input=" + dump;
    return new Pipeline(TestSpark.session(), folder, all);
  }

  private static byte[] object(String uid, int seed) {
    return object(uid, seed, header -> header);
  }

  private static byte[] object(String uid, int seed, UnaryOperator<DicomHeaderBuilder> change) {
    Random random = new Random(seed);
    short[] values = new short[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) random.nextInt(4096);
    }
    DicomHeaderBuilder header =
        CtHeaders.axial(SIZE, 5.0 * seed)
            .sopInstanceUid(uid)
            .studyInstanceUid("1.2.3")
            .seriesInstanceUid("1.2.3.4")
            .patientId("P1");
    return DicomWriter.write(
        change.apply(header).build(), new StoredPixels(SIZE, SIZE, true, values));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static void put(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, bytes);
  }

  private static void put(Path file, String text) throws IOException {
    put(file, text.getBytes(US_ASCII));
  }

  private static Map<String, String> details(Pipeline pipeline, Path dump) {
    int start = ("file:" + dump + "/").length();
    return pipeline.rows(new SliceFindingsTable()).stream()
        .filter(Entry::rejected)
        .collect(toMap(e -> e.object().substring(start), e -> e.reason() + " " + e.detail()));
  }

  private static Set<String> images(Pipeline pipeline) {
    Set<String> images = new TreeSet<>();
    pipeline.rows(new SlicesTable()).stream().map(Slice::imageId).forEach(images::add);
    return images;
  }

  /** A third of this CD is no CT image. The default ratio allows it, and damage still counts. */
  @Test
  void aCdWithViewerReportsAndOddFoldersIsRead() throws IOException {
    Path cd = folder.resolve("cd");
    for (int i = 0; i < 12; i++) {
      put(
          cd.resolve(i < 6 ? "DICOM/.5mm Head" : "DICOM/_Head 5.0").resolve("IM" + i),
          object("1.2.9." + i, i));
    }
    put(cd.resolve("DICOM/x.dcm.gz"), gzip(object("1.2.9.12", 12)));
    put(cd.resolve("DICOM/sr"), object("1.2.8.1", 1, h -> h.modality("SR").sopClassUid(SR)));
    put(cd.resolve("DICOM/pr"), object("1.2.8.2", 2, h -> h.modality("PR").sopClassUid(STATE)));
    put(cd.resolve("AUTORUN.INF"), "[autorun]\n");
    put(cd.resolve("viewer/Viewer.exe"), "MZ\0\0");
    put(cd.resolve("viewer/help.qm"), "\1\2\3\4");
    put(cd.resolve("README"), "Insert the CD.\n");
    put(cd.resolve("manual.pdf"), "%PDF-1.4");
    put(cd.resolve("__MACOSX/DICOM/._IM1"), "\0\5\26\7");
    put(cd.resolve("DICOM/.DS_Store"), "\0\0\0\1Bud1");
    Pipeline pipeline = pipeline(cd);

    JobReport report = pipeline.run(new AuditDicomJob());

    assertThat(report.rejected()).isEqualTo(Map.of("NOT_CT", 2L, "OTHER_FILE", 4L));
    assertThat(report.in()).isEqualTo(19);
    assertThat(report.out()).isEqualTo(13);
    assertThat(report.facts())
        .containsEntry(
            "set aside",
            "6 objects are no CT images and no damage {NOT_CT=2, OTHER_FILE=4};"
                + " damaged: 0 of the other 13 (0.0 %)")
        .containsEntry(
            "files passed over", "2 hidden (.DS_Store 1, __MACOSX 1), 1 of other kinds (.pdf 1)");
    assertThat(details(pipeline, cd))
        .containsEntry("viewer/Viewer.exe", "OTHER_FILE a program or a part of one");

    put(cd.resolve("DICOM/IM99"), "<html>404</html>");
    assertThatThrownBy(() -> pipeline.run(new AuditDicomJob()))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContainingAll(
            "1 of 14 objects were rejected {NOT_DICOM=1}: 7.1 %, more than max-reject-ratio = 0.05",
            "6 more objects are no CT images and not counted {NOT_CT=2, OTHER_FILE=4}.",
            "For example file:" + cd + "/DICOM/IM99 NOT_DICOM (an HTML page;");
  }

  @Test
  void aDumpWithoutCtIsRefused() throws IOException {
    Path dump = folder.resolve("mr");
    put(
        dump.resolve("1"),
        object("1.2.8.1", 1, h -> h.modality("MR").sopClassUid("1.2.840.10008.5.1.4.1.1.4")));
    put(dump.resolve("viewer.exe"), "MZ\0\0");

    assertThatThrownBy(() -> pipeline(dump).run(new AuditDicomJob()))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContaining("none of 2 objects is a CT image {NOT_CT=1, OTHER_FILE=1}");
  }

  @Test
  void whatStandsInAnObjectsPlaceIsNamed() throws IOException {
    Path dump = folder.resolve("dump");
    put(dump.resolve("sound.dcm"), object("1.2.9", 1));
    put(dump.resolve("empty.dcm"), "");
    put(dump.resolve("lfs.dcm"), "version https://git-lfs.github.com/spec/v1\noid sha256:4\n");
    put(dump.resolve("all.7z"), "7z\u00BC\u00AF'\34".getBytes("ISO-8859-1"));
    put(dump.resolve("cut.dcm.gz"), Arrays.copyOf(gzip(object("1.2.8", 2)), 5000));
    put(dump.resolve("text.dcm.gz"), gzip("<html>no</html>".getBytes(US_ASCII)));
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      zip.putNextEntry(new ZipEntry("a.dcm"));
    }
    put(
        dump.resolve("a.zip"),
        encrypted(Map.of("inner.zip", inner.toByteArray(), "secret.dcm", object("1.2.7", 3))));

    Pipeline pipeline = pipeline(dump, "max-reject-ratio=0.95");
    for (String depth : List.of("audit.depth=header", PIXELS)) {
      JobReport report = pipeline.run(new AuditDicomJob(), depth);
      assertThat(report.in()).isEqualTo(report.out() + report.rejects()).isEqualTo(8);
      Map<String, String> details = details(pipeline, dump);
      assertThat(details.get("empty.dcm")).isEqualTo("NOT_DICOM an empty file; copy it again");
      assertThat(details.get("lfs.dcm")).startsWith("NOT_DICOM a git-lfs pointer");
      assertThat(details.get("all.7z")).startsWith("NOT_DICOM a 7z archive; unpack it");
      assertThat(details.get("cut.dcm.gz"))
          .isEqualTo("DAMAGED_MEMBER the .gz data are damaged or cut short");
      assertThat(details.get("text.dcm.gz")).startsWith("NOT_DICOM an HTML page");
      assertThat(details.get("a.zip!inner.zip")).startsWith("NOT_DICOM a zip archive");
      assertThat(details.get("a.zip!secret.dcm"))
          .isEqualTo("NOT_DICOM an encrypted member; decrypt the archive first");
    }
  }

  /** Makes an archive of stored members. The one called secret.dcm is marked as encrypted. */
  private static byte[] encrypted(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        CRC32 crc = new CRC32();
        crc.update(member.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(member.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    }
    byte[] archive = out.toByteArray();
    ByteBuffer fields = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    byte[] name = "secret.dcm".getBytes(US_ASCII);
    for (int at = 30; at + name.length <= archive.length; at++) {
      if (Arrays.equals(archive, at, at + name.length, name, 0, name.length)) {
        if (fields.getInt(at - 30) == 0x04034b50) {
          archive[at - 30 + 6] |= 1;
        } else if (at >= 46 && fields.getInt(at - 46) == 0x02014b50) {
          archive[at - 46 + 8] |= 1;
        }
      }
    }
    return archive;
  }

  /** Names repeat in each folder, so only the bytes tell two such objects apart. */
  @Test
  void objectsWithoutUidAreKeptAndKeepTheirIds() throws IOException {
    Path dump = folder.resolve("dump");
    put(dump.resolve("A/IM0001"), object("", 1));
    put(dump.resolve("B/IM0001"), object("", 2));
    Pipeline pipeline = pipeline(dump);

    assertThat(pipeline.run(new AuditDicomJob()).rejected()).isEmpty();
    Set<String> ids = images(pipeline);
    assertThat(ids).hasSize(2);
    JobReport again = pipeline.run(new AuditDicomJob());
    assertThat(again.facts().get("objects read")).startsWith("0;");
    assertThat(images(pipeline)).isEqualTo(ids);
    pipeline.run(new AuditDicomJob(), PIXELS);
    assertThat(images(pipeline)).isEqualTo(ids);

    Path moved = Files.move(dump, folder.resolve("moved"));
    put(moved.resolve("B/IM0001.gz"), gzip(Files.readAllBytes(moved.resolve("B/IM0001"))));
    Files.delete(moved.resolve("B/IM0001"));
    Pipeline elsewhere = pipeline(moved);
    elsewhere.run(new AuditDicomJob());
    assertThat(images(elsewhere)).isEqualTo(ids);
  }

  @Test
  void equalIdsSayWhatElseIsEqual() throws IOException {
    Path dump = folder.resolve("dump");
    byte[] first = object("ID_000000001", 1);
    put(dump.resolve("1.dcm"), first);
    put(dump.resolve("1.dcm.gz"), gzip(first));
    put(
        dump.resolve("2.dcm"),
        object("ID_000000001", 2, h -> h.pixelSpacingMm(new double[] {1, 1})));
    put(
        dump.resolve("3.dcm"),
        object("ID_000000001", 1, h -> h.imagePositionMm(new double[] {0, 0, 9})));
    for (int i = 4; i < 6; i++) {
      put(dump.resolve(i + ".dcm"), object("ID_00000000a", i, h -> h.imagePositionMm(null)));
    }
    Pipeline pipeline = pipeline(dump, "max-reject-ratio=0.9");
    String same = "DUPLICATE_ID same image id as file:" + dump + "/1.dcm; ";

    JobReport report = pipeline.run(new AuditDicomJob(), PIXELS);
    assertThat(report.rejected()).isEqualTo(Map.of("DUPLICATE_ID", 4L));
    assertThat(details(pipeline, dump))
        .isEqualTo(
            Map.of(
                "1.dcm.gz", same + "same pixels; same geometry",
                "2.dcm", same + "pixels differ; geometry differs in position, pixel spacing",
                "3.dcm", same + "same pixels; geometry differs in position",
                "5.dcm",
                    "DUPLICATE_ID same image id as file:"
                        + dump
                        + "/4.dcm; pixels differ; neither has a position"));

    Path labels = folder.resolve("labels.csv");
    put(
        labels,
        "ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural\n"
            + "ID_000000001,0,0,0,0,0,0\n");
    pipeline.run(new ReshapeLabelsJob(), "labels.input=" + labels);
    pipeline.run(new AuditDicomJob());
    assertThat(details(pipeline, dump).get("1.dcm.gz"))
        .isEqualTo(same + "pixels not read; same geometry; same labels");
    assertThat(details(pipeline, dump).get("5.dcm")).endsWith("; neither has labels");
  }

  @Test
  void aChangedCompressedObjectIsReadAgain() throws IOException {
    Path dump = folder.resolve("dump");
    put(dump.resolve("1.dcm.gz"), gzip(object("1.2.9.1", 1)));
    put(dump.resolve("2.dcm.gz"), gzip(object("1.2.9.2", 2)));
    Pipeline pipeline = pipeline(dump);
    pipeline.run(new AuditDicomJob());
    Set<String> before = images(pipeline);

    assertThat(pipeline.run(new AuditDicomJob()).facts().get("objects read")).startsWith("0;");
    put(dump.resolve("2.dcm.gz"), gzip(object("1.2.9.3", 3)));
    assertThat(pipeline.run(new AuditDicomJob()).facts().get("objects read")).startsWith("1;");
    assertThat(images(pipeline)).hasSize(2).isNotEqualTo(before);
  }
}
