package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that break the format's letter and that unzip and Python's zipfile read all the same.
 */
class OddArchivesTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  /** Returns the small archive with a comment of this length. */
  private static byte[] commented(int length) {
    byte[] archive = joined(Zips.small(), new byte[length]);
    int end = Zips.find(archive, ZipFormat.END_RECORD, 0);
    Zips.fields(archive).putShort(end + 20, (short) length);
    return archive;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 512, 65_000, 65_535})
  void bytesAfterTheEndAreIgnored(int length) throws Exception {
    List<ZipMember> plain = Zips.members(Zips.small());
    assertThat(Zips.members(joined(Zips.small(), new byte[length]))).isEqualTo(plain);

    byte[] wide = Zips.golden("zip64-saturated.zip");
    assertThat(Zips.members(joined(wide, new byte[length]))).isEqualTo(Zips.members(wide));
  }

  @Test
  void textAfterTheEndIsIgnoredAndTheMembersAreRead() throws Exception {
    byte[] script = text("#!/bin/sh\nexit 0\n");
    for (byte[] archive :
        List.of(
            joined(Zips.small(), text("\r\n")),
            joined(script, Zips.small()),
            joined(script, Zips.small(), text("\n\n")))) {
      Path file = Zips.write(folder.resolve("a.zip"), archive);
      List<SourceObject> found = list(file);
      assertThat(found)
          .map(SourceObject::member)
          .containsExactly("a/one.dcm", "a/two.dcm", "three.dcm");
      try (SourceReader reader = new SourceReader(HADOOP)) {
        assertThat(reader.read(found.get(0))).isEqualTo(text("one".repeat(50)));
        assertThat(reader.read(found.get(1))).isEqualTo(text("two".repeat(90)));
      }
    }
  }

  @Test
  void aCommentMayBeLongOrCut() throws Exception {
    List<ZipMember> plain = Zips.members(Zips.small());
    byte[] longest = commented(65_535);
    assertThat(Zips.members(longest)).isEqualTo(plain);
    assertThat(Zips.members(Arrays.copyOf(longest, longest.length - 100))).isEqualTo(plain);
    assertThat(Zips.members(joined(commented(100), text("\r\n")))).isEqualTo(plain);
  }

  /** Without zip64 records the count has 16 bits, and 65,540 members are written as 4. */
  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_540, 131_073})
  void moreMembersThanSixteenBitsCount(int count) throws Exception {
    assertThat(Zips.members(ZipDirectoryTest.manyEmptyMembers(count))).hasSize(count);
  }

  @Test
  void aShortCountMayHoldTheLowBitsOfTheLongOne() throws Exception {
    byte[] archive = Zips.golden("zip64.zip");
    int count = Zips.members(archive).size();
    int record = Zips.find(archive, ZipFormat.ZIP64_END_RECORD, 0);
    Zips.fields(archive)
        .putLong(record + 24, count + 65_536L)
        .putLong(record + 32, count + 65_536L);

    assertThatThrownBy(() -> Zips.members(archive))
        .as("the long count is exact")
        .hasMessageContaining("does not hold the %d members", count + 65_536);
  }

  /** The members of an archive inside another one must not pass for those of the whole. */
  @Test
  void aCutArchiveIsNotTheArchiveInsideOfIt() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("inner.zip", Zips.small());
    members.put("other.dcm", new byte[100]);
    byte[] outer = Zips.archive(members);
    int end = Zips.find(outer, ZipFormat.END_RECORD, 1);

    for (int length : new int[] {end, end - 10, Zips.find(outer, ZipFormat.CENTRAL_HEADER, 3)}) {
      byte[] cut = Arrays.copyOf(outer, length);
      assertThatThrownBy(() -> Zips.members(cut))
          .isInstanceOf(UnreadableZipException.class)
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void bytesAfterTheEndHideNoLie() {
    byte[] archive = joined(Zips.small(), new byte[512]);
    int entry = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 1);
    ByteBuffer fields = Zips.fields(archive);
    fields.putInt(entry + 42, 0);
    assertThatThrownBy(() -> Zips.members(archive)).hasMessageContaining("two members overlap");
  }

  @Test
  void everyBrokenArchiveIsNamedAtOnce() throws Exception {
    Zips.write(folder.resolve("d/1.zip"), new byte[100]);
    Zips.write(folder.resolve("d/2.zip"), Zips.small());
    Zips.write(folder.resolve("d/3.zip"), Arrays.copyOf(Zips.small(), 300));
    assertThatThrownBy(
            () -> listing().list(List.of(folder + "/d", folder + "/gone", folder + "/d/2.zip")))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "/d/1.zip is not a zip archive",
            "/d/3.zip is not a zip archive",
            "no such file or directory: " + folder + "/gone")
        .hasMessageNotContainingAny("2.zip", "\n");
  }

  @Test
  void aLongListOfRefusalsIsCut() throws Exception {
    for (int i = 10; i < 25; i++) {
      Zips.write(folder.resolve("d/%d.zip".formatted(i)), new byte[100]);
    }
    assertThatThrownBy(() -> list(folder.resolve("d")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("; and 5 more");
  }

  /** Windows PowerShell's Compress-Archive writes backslashes and entries for folders. */
  @Test
  void backslashesSeparateFolders() throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("rsna\\", new byte[0]);
    members.put("rsna\\sub.dcm\\", new byte[0]);
    members.put("rsna\\sub.dcm\\ID_00000a.dcm", text("x"));
    members.put("rsna\\__MACOSX\\ID_00000b.dcm", text("x"));
    members.put("rsna\\stage_2_train.csv", text("ID,Label\n"));
    Path archive = Zips.write(folder.resolve("p.zip"), Zips.archive(members));

    List<SourceObject> objects = list(archive);
    assertThat(objects).map(SourceObject::stem).containsExactly("ID_00000a");
    assertThat(objects).map(SourceObject::extension).containsExactly("dcm");
    try (SourceReader reader = new SourceReader(HADOOP)) {
      assertThat(reader.read(objects.get(0))).isEqualTo(text("x"));
    }
    assertThat(
            new SourceListing(HADOOP, "labels.input", x -> true, n -> n.startsWith("stage_2"))
                .list(List.of(archive.toString())))
        .map(SourceObject::member)
        .containsExactly("rsna\\stage_2_train.csv");
    assertThat(
            new SourceListing(HADOOP, "dicom.input", x -> true).list(List.of(archive.toString())))
        .as("no entry of a folder is an object")
        .hasSize(2);
  }

  private static SourceListing listing() {
    return new SourceListing(HADOOP, "dicom.input", "dcm"::equals);
  }

  private static List<SourceObject> list(Path input) {
    return listing().list(List.of(input.toString()));
  }
}
