package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileZipTest {

  /**
   * Archives with a change to the directory's second entry or to the end record, and the expected
   * message.
   */
  static Stream<Arguments> lies() {
    return Stream.of(
        arguments("more entries", end(10, 4, 8), "does not hold the 4 members"),
        arguments("fewer entries", end(10, 2, 8), "does not hold the 2 members"),
        arguments("absurd entries", end(10, 60_000, 8), "does not hold the 60000 members"),
        arguments("another disk", shortAtEnd(4, 1), "split over several"),
        arguments("directory elsewhere", shortAtEnd(6, 1), "split over several"),
        arguments("entries on other disks", shortAtEnd(8, 1), "split over several"),
        arguments("directory too long", intAtEnd(12, 0x7FFFFFFF), "larger than the file"),
        arguments("directory shorter", intAtEnd(12, 150), "does not start with a header"),
        arguments("directory beyond", intAtEnd(16, 0x7FFFFFFF), "beyond its end record"),
        arguments("saturated, no zip64", intAtEnd(12, -1), "larger than the file"),
        arguments("header beyond end", intAtEntry(42, 1_000_000), "outside of the file"),
        arguments("header in directory", intAtEntry(42, 500), "outside of the file"),
        arguments("stored beyond end", intAtEntry(20, 0x7FFFFFFF), "outside of the file"),
        arguments("no zip64 field", intAtEntry(20, -1), "lacks its zip64 sizes"),
        arguments("zip bomb", intAtEntry(24, 0x7FFFFFFF), "declares 2147483647 bytes out of"),
        arguments("two in one place", intAtEntry(42, 0), "two members overlap"),
        arguments("reaches into the next", intAtEntry(20, 62), "two members overlap"),
        arguments("member's disk", shortAtEntry(34, 3), "split over several"),
        arguments("no header", intAtEntry(0, 0), "does not start with a header"),
        arguments("name beyond directory", shortAtEntry(28, 60_000), "beyond the directory"),
        arguments("extra beyond directory", shortAtEntry(30, 60_000), "beyond the directory"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void refusesALie(String name, Consumer<byte[]> lie, String answer) {
    byte[] archive = Zips.small();
    lie.accept(archive);

    assertThatThrownBy(() -> Zips.members(archive))
        .isInstanceOf(UnreadableZipException.class)
        .hasMessageContaining(answer)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAZip64RecordThatContradictsTheShortOne() throws Exception {
    byte[] archive = Zips.golden("zip64.zip");
    int record = Zips.find(archive, ZipFormat.ZIP64_END_RECORD, 0);
    Zips.fields(archive).putLong(record + 24, 3).putLong(record + 32, 3);

    assertThatThrownBy(() -> Zips.members(archive)).hasMessageContaining("disagree");
  }

  @Test
  void refusesAbsurdZip64Figures() throws Exception {
    for (long figure : List.of(Long.MAX_VALUE, -1L, Long.MIN_VALUE, 1L << 40)) {
      for (int field : List.of(32, 40, 48)) {
        byte[] archive = Zips.golden("zip64-saturated.zip");
        int record = Zips.find(archive, ZipFormat.ZIP64_END_RECORD, 0);
        Zips.fields(archive).putLong(record + field, figure);
        if (field == 32) {
          Zips.fields(archive).putLong(record + 24, figure);
        }
        assertThatThrownBy(() -> Zips.members(archive)).isInstanceOf(UnreadableZipException.class);
      }
      for (int field : List.of(0, 8, 16)) {
        byte[] archive = Zips.golden("zip64-saturated.zip");
        int header = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 1);
        int name = Zips.fields(archive).getShort(header + 28);
        Zips.fields(archive).putLong(header + 46 + name + 4 + field, figure);
        assertThatThrownBy(() -> Zips.members(archive)).isInstanceOf(UnreadableZipException.class);
      }
    }
  }

  @Test
  void refusesAZip64RecordThatIsNotThere() throws Exception {
    byte[] archive = Zips.golden("zip64-saturated.zip");
    Zips.fields(archive).putInt(Zips.find(archive, ZipFormat.ZIP64_END_RECORD, 0), 0);

    assertThatThrownBy(() -> Zips.members(archive)).hasMessageContaining("zip64 end record");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    byte[] archive = Zips.golden("zip64.zip");
    for (int length = 0; length < archive.length; length++) {
      byte[] cut = Arrays.copyOf(archive, length);
      assertThatThrownBy(() -> Zips.members(cut))
          .as("%d bytes", length)
          .isInstanceOf(UnreadableZipException.class);
    }
  }

  @Test
  void refusesWhatIsNoZip() {
    assertThatThrownBy(() -> Zips.members(new byte[100_000]))
        .hasMessageContaining("is not a zip archive");
  }

  /**
   * Changes every byte of directory and end records. Reading must succeed or refuse; {@link
   * Zips#reads} fails on a read outside the file.
   */
  @Test
  void survivesEveryChangedByte() throws Exception {
    int read = 0;
    for (String name : List.of("plain.zip", "zip64-saturated.zip", "prefixed-zip64.zip")) {
      byte[] archive = Zips.golden(name);
      int directory = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 0);
      Random random = new Random(4711);
      for (int at = directory; at < archive.length; at++) {
        for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256)}) {
          byte[] changed = archive.clone();
          changed[at] = (byte) value;
          try {
            read += Zips.members(changed).size();
          } catch (UnreadableZipException refused) {
            assertThat(refused).hasMessageStartingWith("is ");
          }
        }
      }
    }
    assertThat(read).isPositive();
  }

  /** Fifield's overlap: a thousand entries share one kernel of deflated zeros. */
  @Test
  void refusesABombOfSharedData() throws Exception {
    byte[] one = Zips.small();
    int first = Zips.find(one, ZipFormat.CENTRAL_HEADER, 1);
    int next = Zips.find(one, ZipFormat.CENTRAL_HEADER, 2);
    int end = Zips.find(one, ZipFormat.END_RECORD, 0);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    int directory = Zips.fields(one).getInt(end + 16);
    bomb.write(one, 0, directory);
    for (int i = 0; i < 1000; i++) {
      bomb.write(one, first, next - first);
    }
    ByteBuffer record = Zips.fields(Arrays.copyOfRange(one, end, one.length));
    record.putShort(8, (short) 1000).putShort(10, (short) 1000).putInt(12, 1000 * (next - first));
    bomb.writeBytes(record.array());

    assertThatThrownBy(() -> Zips.members(bomb.toByteArray())).hasMessageContaining("overlap");
  }

  /** Names are only shown and never used as a path, so that nothing outside is read or written. */
  @Test
  void namesThatClimbOutAreNamesOnly() throws Exception {
    for (String name :
        List.of("../../../etc/x", "/etc/passwd", "..\\..\\x.dcm", "C:\\x", "a/../b")) {
      byte[] archive = Zips.archive(Map.of(name, new byte[] {1, 2, 3}));
      ZipMember member = Zips.members(archive).get(0);

      assertThat(member.name()).isEqualTo(name);
      assertThat(member.headerOffset()).isZero();
    }
  }

  /**
   * Points the locator of the zip64 record to itself, to the end record or to the directory. It is
   * not followed in a circle. The record before the locator is used; without one, the archive is
   * refused.
   */
  @Test
  void aLocatorInACircleIsNotFollowed() throws Exception {
    List<ZipMember> whole = Zips.members(Zips.golden("zip64-saturated.zip"));
    for (int signature :
        List.of(ZipFormat.ZIP64_LOCATOR, ZipFormat.END_RECORD, ZipFormat.CENTRAL_HEADER)) {
      byte[] archive = Zips.golden("zip64-saturated.zip");
      int locator = Zips.find(archive, ZipFormat.ZIP64_LOCATOR, 0);
      Zips.fields(archive).putLong(locator + 8, Zips.find(archive, signature, 0));
      assertThat(Zips.members(archive)).isEqualTo(whole);

      Zips.fields(archive).putInt(Zips.find(archive, ZipFormat.ZIP64_END_RECORD, 0), 0);
      assertThatThrownBy(() -> Zips.members(archive)).hasMessageContaining("zip64 end record");
    }
  }

  /** An archive in an archive, however deep, is one member. Nothing opens it. */
  @Test
  void anArchiveInAnArchiveIsAMember() throws Exception {
    byte[] archive = Zips.small();
    for (int depth = 0; depth < 50; depth++) {
      archive = Zips.archive(Map.of("again.zip", archive));
    }
    assertThat(Zips.members(archive)).map(ZipMember::name).containsExactly("again.zip");
  }

  private static Consumer<byte[]> end(int field, int value, int alsoField) {
    return shortAtEnd(field, value).andThen(shortAtEnd(alsoField, value));
  }

  private static Consumer<byte[]> shortAtEnd(int field, int value) {
    return archive ->
        Zips.fields(archive)
            .putShort(Zips.find(archive, ZipFormat.END_RECORD, 0) + field, (short) value);
  }

  private static Consumer<byte[]> intAtEnd(int field, int value) {
    return archive ->
        Zips.fields(archive).putInt(Zips.find(archive, ZipFormat.END_RECORD, 0) + field, value);
  }

  private static Consumer<byte[]> shortAtEntry(int field, int value) {
    return archive ->
        Zips.fields(archive)
            .putShort(Zips.find(archive, ZipFormat.CENTRAL_HEADER, 1) + field, (short) value);
  }

  private static Consumer<byte[]> intAtEntry(int field, int value) {
    return archive ->
        Zips.fields(archive).putInt(Zips.find(archive, ZipFormat.CENTRAL_HEADER, 1) + field, value);
  }
}
