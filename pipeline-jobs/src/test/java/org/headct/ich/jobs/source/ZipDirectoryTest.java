package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipDirectoryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "forced-local-zip64",
        "zip64",
        "zip64-saturated",
        "comment",
        "streamed",
        "prefixed",
        "prefixed-zip64",
        "names",
        "info-zip",
        "info-zip-descriptors",
        "info-zip-zip64",
      })
  void readsTheDirectoryAsPythonDoes(String archive) throws Exception {
    List<String> expected =
        new String(Zips.golden("members.tsv"), UTF_8)
            .lines()
            .filter(line -> line.startsWith(archive + "\t"))
            .map(line -> line.substring(0, line.lastIndexOf('\t')))
            .toList();

    assertThat(Zips.members(Zips.golden(archive + ".zip")))
        .map(
            member ->
                String.join(
                    "\t",
                    archive,
                    member.name(),
                    Long.toString(member.sizeBytes()),
                    Long.toString(member.storedBytes()),
                    Integer.toString(member.method()),
                    Long.toString(member.crc32()),
                    Long.toString(member.headerOffset())))
        .isNotEmpty()
        .isEqualTo(expected);
  }

  @Test
  void anEmptyArchiveHasNoMembers() throws Exception {
    assertThat(Zips.members(Zips.golden("empty.zip"))).isEmpty();
  }

  /** 60,000 members: a directory of several blocks, each read with one request. */
  @Test
  void readsTheDirectoryBlockByBlockAndNoLocalHeader() throws Exception {
    int count = 60_000;
    byte[] archive = manyEmptyMembers(count);
    List<Integer> requests = new ArrayList<>();
    RangedReads memory = Zips.reads(archive);
    List<String> names = new ArrayList<>();

    ZipDirectory.read(
        (position, bytes, length) -> {
          requests.add(length);
          memory.read(position, bytes, length);
        },
        archive.length,
        member -> names.add(member.name()));

    assertThat(names).hasSize(count).startsWith("ID_00000.dcm").endsWith("ID_59999.dcm");
    int directoryBytes = count * (46 + 12);
    assertThat(requests).allMatch(length -> length <= ZipDirectory.BLOCK_BYTES);
    assertThat(requests).hasSize(1 + (directoryBytes + (1 << 20) - 1) / (1 << 20));
  }

  @Test
  void aNameThatIsNotUtf8IsCodePage437() throws Exception {
    byte[] archive = Zips.small();
    int header = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 0);
    archive[header + 46] = (byte) 0x84;

    assertThat(Zips.members(archive).get(0).name()).isEqualTo("ä/one.dcm");
  }

  @Test
  void aNameStaysOnOneLine() throws Exception {
    byte[] archive = Zips.small();
    archive[Zips.find(archive, ZipFormat.CENTRAL_HEADER, 0) + 46] = '\n';

    assertThat(Zips.members(archive).get(0).name()).isEqualTo("\uFFFD/one.dcm");
  }

  @Test
  void aDirectoryInAnotherOrderThanItsMembersIsNoOverlap() throws Exception {
    byte[] archive = Zips.small();
    int first = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 0);
    int second = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 1);
    int third = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 2);
    byte[] swapped = archive.clone();
    System.arraycopy(archive, second, swapped, first, third - second);
    System.arraycopy(archive, first, swapped, first + third - second, second - first);

    assertThat(Zips.members(swapped))
        .map(ZipMember::name)
        .containsExactly("a/two.dcm", "a/one.dcm", "three.dcm");
  }

  @Test
  void aFaultOfTheStorageIsNotDamage() {
    byte[] archive = Zips.small();
    IOException fault = new IOException("503 slow down");

    assertThatThrownBy(
            () ->
                ZipDirectory.read(
                    (position, bytes, length) -> {
                      throw fault;
                    },
                    archive.length,
                    member -> {}))
        .isSameAs(fault);
  }

  /** Builds empty stored members by hand, because the JDK is slow with this many. */
  static byte[] manyEmptyMembers(int count) {
    int local = 30 + 12;
    int central = 46 + 12;
    ByteBuffer zip =
        ByteBuffer.allocate(count * (local + central) + 22).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      zip.putInt(i * local, ZipFormat.LOCAL_HEADER).putShort(i * local + 26, (short) 12);
      int header = count * local + i * central;
      byte[] name = "ID_%05d.dcm".formatted(i % 100_000).getBytes(UTF_8);
      zip.putInt(header, ZipFormat.CENTRAL_HEADER).putShort(header + 28, (short) 12);
      zip.putInt(header + 42, i * local).put(header + 46, name).put(i * local + 30, name);
    }
    int end = count * (local + central);
    zip.putInt(end, ZipFormat.END_RECORD)
        .putShort(end + 8, (short) count)
        .putShort(end + 10, (short) count)
        .putInt(end + 12, count * central)
        .putInt(end + 16, count * local);
    return Arrays.copyOf(zip.array(), end + 22);
  }
}
