package org.headct.ich.domain.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of files that stand in an object's place, and of those that never were one. */
class FileKindTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GIT_LFS    | version https://git-lfs.github.com/spec/v1~oid sha256:4d7a~size 526000~
          GIT_ANNEX  | /annex/objects/SHA256E-s526000--4d7a.dcm~
          HTML       | ~ <!DOCTYPE HTML PUBLIC><title>404</title>
          HTML       | <?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">
          XML        | <?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>
          JSON       | {"message": "forbidden"}
          TEXT       | 404 page not found~
          TEXT       | BMI of the patients
          TEXT       | Übersicht der Schädel
          BZIP2      | BZh91AY&SY
          SEVEN_ZIP  | 7z¼¯'
          RAR        | Rar!%1A%07
          ZSTD       | (µ/ý%04
          XZ         | ý7zXZ%00
          PDF        | %25PDF-1.4~%25âãÏÓ
          PICTURE    | %89PNG~
          PICTURE    | ÿØÿà
          PICTURE    | BM%01%00
          PROGRAM    | MZ%90%00
          PROGRAM    | %7FELF
          PROGRAM    | #!/bin/sh~
          DOCUMENT   | ÐÏ%11à
          NRRD       | NRRD0004~type: short
          META_IMAGE | ObjectType = Image~NDims = 3
          DATA_FILE  | SQLite format 3%00
          ZEROS      | %00%00%00%00%00%00%00%00%00%00
          UNKNOWN    | %01%02%03%04%05%06%07%08%09
          """)
  void kindsAreNamed(FileKind kind, String text) {
    assertThat(FileKind.of(bytes(text))).isEqualTo(kind);
  }

  @Test
  void archivesAndImagesOfOtherFormatsAreNamed() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a.dcm"));
    }
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(7);
    }
    byte[] tar = new byte[1024];
    System.arraycopy(bytes("a.dcm"), 0, tar, 0, 5);
    System.arraycopy(bytes("ustar"), 0, tar, 257, 5);
    byte[] nifti = new byte[352];
    nifti[0] = 0x5C;
    nifti[1] = 1;
    System.arraycopy(bytes("n+1"), 0, nifti, 344, 3);

    assertThat(FileKind.of(new byte[0])).isEqualTo(FileKind.EMPTY);
    assertThat(FileKind.of(zip.toByteArray())).isEqualTo(FileKind.ZIP);
    assertThat(FileKind.of(gzip.toByteArray())).isEqualTo(FileKind.GZIP);
    assertThat(FileKind.of(tar)).isEqualTo(FileKind.TAR);
    assertThat(FileKind.of(nifti)).isEqualTo(FileKind.NIFTI);
  }

  @Test
  void anyBytesHaveAKindAndTheReaderTellsIt() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      String description = FileKind.of(bytes).description();
      assertThat(description).matches("[ -~]+");
      try {
        new BuiltinDicomReader().header(bytes);
      } catch (DicomDefectException e) {
        if (e.defect() == DicomDefect.NOT_DICOM) {
          assertThat(e).hasMessage(description);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          viewer.exe        | MZ%90%00
          AUTORUN.INF       | [autorun]
          start             | #!/bin/sh~
          Viewer            | %7FELF
          manual            | %25PDF-1.4
          index.htm         | <html>
          Thumbs.db         | ÐÏ%11à
          empty.ini         |
          fmri.nii.gz       | %01%02%03
          LOCKFILE          |
          README            | Insert the CD.
          .directory        | [Desktop Entry]
          _notes            | hello
          help.qm           | %01%02%03
          """)
  void filesOfOtherProgramsAreForeign(String name, @Nullable String text) {
    assertThat(ForeignFiles.isForeign(name, bytes(text))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x.dcm             | <html>
          x.DCM             | MZ%90%00
          x.dcm.gz          | <html>
          IM0001            |
          IM0001            | 404 page not found
          IM0001            | %00%00%00%00
          1.2.840.113619.2  | 404 page not found
          IM0001            | PK%03%04
          dump.tar.gz       | %01%02
          dump.7z           | 7z¼¯'
          _0001.dcm         | %01%02
          scan.A001         | %01%02
          x.part            | %01%02
          """)
  void filesInAnObjectsPlaceAreNotForeign(String name, @Nullable String text) {
    assertThat(ForeignFiles.isForeign(name, bytes(text))).isFalse();
  }

  /** Reads text with {@code ~} for a line feed and {@code %41} for a byte. */
  private static byte[] bytes(@Nullable String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] raw = text == null ? new byte[0] : text.replace('~', '\n').getBytes(ISO_8859_1);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        out.write(
            Integer.parseInt(new String(Arrays.copyOfRange(raw, i + 1, i + 3), ISO_8859_1), 16));
        i += 2;
      } else {
        out.write(raw[i]);
      }
    }
    return out.toByteArray();
  }
}
