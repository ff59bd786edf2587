package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

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
        "names",
        "info-zip",
        "info-zip-descriptors",
        "info-zip-zip64"
      })
  void readsTheMembersOfEveryShapeAsTheJdkDoes(String name) throws Exception {
    Path archive = Zips.write(folder.resolve(name + ".zip"), Zips.golden(name + ".zip"));

    assertReadsAsTheJdk(archive);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsAnyArchiveAsTheJdkDoes(long seed) throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>(Zips.random(seed));
    members.put("one more.dcm", new byte[] {1});
    Path archive = Zips.write(folder.resolve("any.zip"), Zips.archive(members));

    assertReadsAsTheJdk(archive);
  }

  @Test
  void aLocalHeaderMayHaveALongExtraFieldOfItsOwn() throws Exception {
    Path archive = folder.resolve("extra.zip");
    byte[] plain = Zips.golden("plain.zip");
    // The last member's local header grows by 5,000 bytes, and so does the directory's offset.
    int last = Zips.find(plain, ZipFormat.LOCAL_HEADER, 3);
    int name = Zips.fields(plain).getShort(last + 26);
    ByteArrayOutputStream grown = new ByteArrayOutputStream();
    Zips.fields(plain).putShort(last + 28, (short) 5000);
    grown.write(plain, 0, last + 30 + name);
    grown.writeBytes(new byte[5000]);
    grown.write(plain, last + 30 + name, plain.length - last - 30 - name);
    byte[] bytes = grown.toByteArray();
    int end = Zips.find(bytes, ZipFormat.END_RECORD, 0);
    Zips.fields(bytes).putInt(end + 16, Zips.fields(bytes).getInt(end + 16) + 5000);
    Zips.write(archive, bytes);

    assertReadsAsTheJdk(archive);
  }

  /** A changed byte is harmless (a time, a distance within a repetition), or it is damage. */
  @Test
  void aChangedByteNeverChangesWhatIsRead() throws Exception {
    byte[] original = Zips.small();
    Path file = Zips.write(folder.resolve("a.zip"), original);
    Map<String, byte[]> expected = Zips.readByJdk(file);
    int damages = 0;
    for (SourceObject member : list(file)) {
      for (long at = member.offset(); at < member.offset() + 39 + member.storedBytes(); at++) {
        byte[] changed = original.clone();
        changed[(int) at] ^= 0x10;
        Zips.write(file, changed);
        try (SourceReader reader = new SourceReader(HADOOP)) {
          assertThat(reader.read(member)).isEqualTo(expected.get(member.member()));
        } catch (DamagedMemberException damaged) {
          assertThat(damaged).hasMessageMatching("[^\n]+");
          damages++;
        }
      }
    }
    assertThat(damages).isGreaterThan(150);
  }

  @Test
  void aWrongChecksumIsDamageWhenReadWholeAndWhenStreamed() throws Exception {
    byte[] archive = Zips.small();
    Path file = Zips.write(folder.resolve("a.zip"), archive);
    List<SourceObject> members = list(file);
    SourceObject stored = members.get(0);
    archive[(int) stored.offset() + 30 + 9 + 5] ^= 1;
    Zips.write(file, archive);

    try (SourceReader reader = new SourceReader(HADOOP)) {
      assertThatThrownBy(() -> reader.read(stored))
          .isInstanceOf(DamagedMemberException.class)
          .hasMessageContaining("checksum");
      try (InputStream in = reader.open(stored)) {
        assertThatThrownBy(in::readAllBytes)
            .isInstanceOf(ZipException.class)
            .hasMessageContaining("checksum");
      }
    }
  }

  @Test
  void inflatesNoMoreThanTheDirectoryPromises() throws Exception {
    Path file = Zips.write(folder.resolve("a.zip"), Zips.small());
    SourceObject deflated = list(file).get(1);
    for (long size : new long[] {deflated.sizeBytes() - 1, deflated.sizeBytes() + 1, 0}) {
      SourceObject lie =
          new SourceObject(
              deflated.uri(),
              deflated.member(),
              deflated.offset(),
              deflated.storedBytes(),
              size,
              true);
      try (SourceReader reader = new SourceReader(HADOOP)) {
        assertThatThrownBy(() -> reader.read(lie))
            .isInstanceOf(DamagedMemberException.class)
            .hasMessageContaining("declares " + size + " bytes");
        try (InputStream in = reader.open(lie)) {
          assertThatThrownBy(in::readAllBytes)
              .isInstanceOf(ZipException.class)
              .hasMessageContaining("declares " + size + " bytes");
        }
      }
    }
  }

  @Test
  void absurdSizesAreDamageBeforeAnythingIsAllocated() throws Exception {
    SourceObject member = list(Zips.write(folder.resolve("a.zip"), Zips.small())).get(1);
    long[][] sizes = {{1L << 29, 1L << 29}, {12, 1L << 29}, {1L << 40, 9}, {9, 1L << 40}, {-1, 9}};
    for (long[] size : sizes) {
      SourceObject absurd =
          new SourceObject(member.uri(), member.member(), member.offset(), size[0], size[1], true);
      try (SourceReader reader = new SourceReader(HADOOP)) {
        assertThatThrownBy(() -> reader.read(absurd)).isInstanceOf(DamagedMemberException.class);
      }
    }
  }

  @Test
  void anArchiveThatWasReplacedIsDamage() throws Exception {
    Path file = Zips.write(folder.resolve("a.zip"), Zips.small());
    SourceObject second = list(file).get(1);
    Zips.write(file, Zips.golden("plain.zip"));

    try (SourceReader reader = new SourceReader(HADOOP)) {
      assertThatThrownBy(() -> reader.read(second)).isInstanceOf(DamagedMemberException.class);
      assertThatThrownBy(() -> reader.open(second)).isInstanceOf(DamagedMemberException.class);
    }
  }

  @Test
  void aFaultOfTheStorageStaysAnIoException() throws Exception {
    Path file = Zips.write(folder.resolve("a.zip"), Zips.small());
    SourceObject last = list(file).get(1);
    Configuration flaky = new Configuration();
    flaky.set("fs.flaky.impl", FlakyFileSystem.class.getName());
    flaky.setLong(FlakyFileSystem.GOOD_BYTES, last.offset() + 10);
    SourceObject remote =
        new SourceObject(
            "flaky:" + file,
            last.member(),
            last.offset(),
            last.storedBytes(),
            last.sizeBytes(),
            last.deflated());
    SourceObject plain = new SourceObject("flaky:" + file, "", 0, 300, 300, false);

    try (SourceReader reader = new SourceReader(flaky)) {
      for (SourceObject object : List.of(remote, plain)) {
        assertThatThrownBy(() -> reader.read(object))
            .isExactlyInstanceOf(IOException.class)
            .hasMessage("connection reset");
        assertThatThrownBy(() -> reader.start(object, 200))
            .isExactlyInstanceOf(IOException.class)
            .hasMessage("connection reset");
      }
      flaky.setLong(FlakyFileSystem.GOOD_BYTES, Long.MAX_VALUE);
      assertThat(reader.read(remote)).isEqualTo("two".repeat(90).getBytes(UTF_8));
      flaky.setLong(FlakyFileSystem.GOOD_BYTES, 0);
    }
    assertThatThrownBy(
            () -> new SourceListing(flaky, "dicom.input", any -> true).list(List.of(remote.uri())))
        .isInstanceOf(java.io.UncheckedIOException.class);
  }

  @Test
  void aStreamCanBeReadInAnySteps() throws Exception {
    Path file = Zips.write(folder.resolve("a.zip"), Zips.small());
    SourceObject deflated = list(file).get(1);
    try (SourceReader reader = new SourceReader(HADOOP);
        InputStream in = reader.open(deflated)) {
      assertThat(in.read()).isEqualTo('t');
      assertThat(in.skip(2)).isEqualTo(2);
      assertThat(in.readNBytes(3)).isEqualTo("two".getBytes(UTF_8));
      assertThat(in.skip(Integer.MAX_VALUE)).isEqualTo(264);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.markSupported()).isFalse();
    }
  }

  private static List<SourceObject> list(Path input) {
    return new SourceListing(HADOOP, "dicom.input", any -> true).list(List.of(input.toString()));
  }

  /** Reads members completely and as streams. The reader goes from member to member. */
  private static void assertReadsAsTheJdk(Path archive) throws Exception {
    Map<String, byte[]> expected = Zips.readByJdk(archive);
    List<SourceObject> objects = list(archive);
    assertThat(objects)
        .map(SourceObject::member)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    try (SourceReader reader = new SourceReader(HADOOP)) {
      for (SourceObject object : objects) {
        assertThat(reader.read(object)).isEqualTo(expected.get(object.member()));
        try (InputStream in = reader.open(object)) {
          assertThat(in.readAllBytes()).isEqualTo(expected.get(object.member()));
        }
        for (int most = 1; most <= 2 * object.sizeBytes(); most *= 3) {
          byte[] start = reader.start(object, most);
          assertThat(start).hasSizeLessThanOrEqualTo(most);
          assertThat(start).isEqualTo(Arrays.copyOf(expected.get(object.member()), start.length));
          if (!object.deflated() || most >= object.sizeBytes()) {
            assertThat(start).hasSize((int) Math.min(most, object.sizeBytes()));
          }
        }
      }
    }
  }
}
