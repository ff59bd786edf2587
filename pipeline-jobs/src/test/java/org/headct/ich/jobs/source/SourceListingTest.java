package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.source.SourceListing.Listed;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceListingTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.dcm",
        "a b.dcm",
        "a[1].dcm",
        "a{b,c}.dcm",
        "50%.dcm",
        "a%20b.dcm",
        "a:b.dcm",
        "a#b?c.dcm",
        "a*.dcm",
        "open[.dcm",
        "back\\slash.dcm",
        "Schädel.dcm",
        "sub [x]:y/a.dcm"
      })
  void readsAFileOfAnyName(String name) throws Exception {
    byte[] bytes = name.getBytes(UTF_8);
    Path file = Zips.write(folder.resolve(name), bytes);
    Zips.write(folder.resolve("a1.dcm"), new byte[1]);
    for (String input : List.of(file.toString(), "file://" + file, "file:" + file)) {
      List<SourceObject> found = list(input);

      assertThat(found).hasSize(1);
      assertThat(found.get(0).display()).isEqualTo("file:" + file);
      assertThat(found.get(0).sizeBytes()).isEqualTo(bytes.length);
      assertThat(read(found.get(0))).isEqualTo(bytes);
    }
    assertThat(list(folder.toString())).map(SourceObject::uri).contains("file:" + file);
  }

  @Test
  void readsARelativePathFromTheWorkingDirectory() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Path file = Zips.write(folder.resolve("x.dcm"), new byte[3]);
    String relative = here.relativize(file).toString();

    assertThat(list(relative)).isEqualTo(list(file.toString()));
    assertThat(list("./" + relative)).isEqualTo(list(file.toString()));
  }

  @Test
  void aRelativeNameWithAColonIsNoScheme() {
    assertThatThrownBy(() -> list("scan:1.dcm"))
        .isInstanceOf(UserException.class)
        .hasMessage("dicom.input: no such file or directory: scan:1.dcm");
  }

  /** Files of a dump: those that are read, and those of other programs. */
  private static final List<String> READ =
      List.of(
          ".5mm Head/3.dcm", ".hidden.dcm", "1.dcm", "1.dcm.gz", "_Head 5.0/_4.dcm", "b/c/3.DCM");

  private static final List<String> PASSED_OVER =
      List.of(
          "_SUCCESS",
          "_temporary/0/4.dcm",
          ".git/5.dcm",
          "readme.txt",
          "labels.txt.gz",
          "__MACOSX/b/._2.dcm",
          "b/._2.dcm",
          "b/.DS_Store",
          ".1.dcm.crc",
          "b/.1.dcm.kE3xYq");

  @Test
  void readsADirectoryButNotTheFilesOfOtherPrograms() throws Exception {
    for (String name : Stream.concat(READ.stream(), PASSED_OVER.stream()).toList()) {
      Zips.write(folder.resolve("_dump").resolve(name), new byte[2]);
    }

    assertThat(names(folder.resolve("_dump").toString())).containsExactlyElementsOf(READ);
    Listed listed =
        new SourceListing(HADOOP, "dicom.input", "dcm"::equals)
            .list(List.of(folder.toString()), found -> {});
    assertThat(listed.passedOver().count()).isEqualTo(PASSED_OVER.size());
    assertThat(listed.passedOver().describe())
        .startsWith("8 hidden (")
        .contains("__MACOSX 1", ".DS_Store 1", ".*.crc 1")
        .endsWith(", 2 of other kinds (.gz 1, .txt 1)");
  }

  @Test
  void readsAnArchiveLikeADirectory() throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    Stream.concat(READ.stream(), PASSED_OVER.stream())
        .forEach(name -> members.put(name, new byte[2]));
    Path archive = Zips.write(folder.resolve("a.zip"), Zips.archive(members));

    assertThat(list(archive.toString())).map(SourceObject::member).containsExactlyElementsOf(READ);
  }

  /** A text is not read from a hidden place: an editor's copy would count twice. */
  @Test
  void passesOverEveryHiddenText() throws Exception {
    for (String name : List.of("a.csv", "_old/b.csv", ".c.csv", "_d.csv")) {
      Zips.write(folder.resolve("_dump").resolve(name), new byte[2]);
    }
    for (String input : List.of("/_dump", "/_dump/*")) {
      assertThat(
              new SourceListing(HADOOP, "labels.input", "csv"::equals, name -> true)
                  .list(List.of(folder + input)))
          .extracting(SourceObject::stem)
          .containsExactly("a");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ID_0123.dcm, ID_0123",
    "ID_0123.dcm.gz, ID_0123",
    "ID_0123.gz, ID_0123",
    "ID_0123.DCM.zst, ID_0123",
    "ID_0123, ID_0123",
    ".gz, .gz"
  })
  void aStemHasNoExtensionOfACompression(String name, String stem) {
    assertThat(new SourceObject("file:/x/" + name, "", 0, 1, 1, false).stem()).isEqualTo(stem);
  }

  @Test
  void expandsAGlob() throws Exception {
    for (String name :
        List.of(
            "a/1.dcm",
            "a/2.ima",
            "b/3.dcm",
            "c/4.dcm",
            "a/._5.dcm",
            "a/x:6.dcm",
            "_Head/6.dcm",
            "__MACOSX/6.dcm")) {
      Zips.write(folder.resolve("_dump").resolve(name), new byte[2]);
    }

    assertThat(names(folder + "/_dump/{a,b}/*"))
        .containsExactly("a/1.dcm", "a/2.ima", "a/x:6.dcm", "b/3.dcm");
    assertThat(names("file://" + folder + "/_dump/[b-z]")).containsExactly("b/3.dcm", "c/4.dcm");
    assertThat(names(folder + "/_dump/a/.*")).containsExactly("a/._5.dcm");
    assertThat(names(folder + "/_dump/*/6.dcm")).containsExactly("_Head/6.dcm");
    assertThat(names(folder + "/_dump/{a/?.dcm,b/*,a/*}"))
        .containsExactly("a/1.dcm", "a/2.ima", "a/x:6.dcm", "b/3.dcm");
    assertThat(names(folder + "/_dump/*/[34].dcm")).containsExactly("b/3.dcm", "c/4.dcm");
    assertThat(names(folder + "/_dump/*/3.dcm")).containsExactly("b/3.dcm");
  }

  @Test
  void listsOnceWhatTwoInputsName() throws Exception {
    Zips.write(folder.resolve("d/1.dcm"), new byte[2]);
    Zips.write(folder.resolve("d/a.zip"), Zips.small());

    List<SourceObject> found =
        new SourceListing(HADOOP, "dicom.input", "dcm"::equals)
            .list(
                List.of(
                    folder + "/d",
                    folder + "/d/1.dcm",
                    "file://" + folder + "/d/../d/*.dcm",
                    folder + "//d/a.zip"));

    assertThat(found)
        .map(object -> object.display().substring(object.display().indexOf("/d/") + 3))
        .containsExactly("1.dcm", "a.zip!a/one.dcm", "a.zip!a/two.dcm", "a.zip!three.dcm");
  }

  /** Lists more objects than are sorted at a time, in random order, each of them twice. */
  @Test
  void sortsALongListing() throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i <= SortedObjects.RUN; i++) {
      members.put("%08x.dcm".formatted(i * 0x9E3779B1), new byte[0]);
    }
    Path archive = Zips.write(folder.resolve("a.zip"), Zips.archive(members));
    Zips.write(folder.resolve("0.dcm"), new byte[1]);
    List<Long> told = new ArrayList<>();

    List<SourceObject> found =
        new SourceListing(HADOOP, "dicom.input", "dcm"::equals)
            .list(List.of(folder.toString(), archive.toString()), told::add)
            .objects();

    assertThat(found).hasSize(members.size() + 1);
    assertThat(found.get(0).stem()).isEqualTo("0");
    assertThat(found.subList(1, found.size()))
        .map(SourceObject::member)
        .containsExactlyElementsOf(new TreeSet<>(members.keySet()));
    assertThat(told).hasSize(65).startsWith(1000L, 2000L);
  }

  @Test
  void followsLinksButNotToWhereItCameFrom() throws Exception {
    Zips.write(folder.resolve("_dump/1.dcm"), new byte[2]);
    Path file = Zips.write(folder.resolve("elsewhere/2.dcm"), new byte[3]);
    Files.createSymbolicLink(folder.resolve("_dump/folder"), file.getParent());
    Files.createSymbolicLink(folder.resolve("_dump/file.dcm"), file);
    Files.createSymbolicLink(folder.resolve("_dump/nowhere.dcm"), folder.resolve("gone"));
    Files.createSymbolicLink(folder.resolve("_dump/back"), folder.resolve("_dump"));

    assertThat(names(folder + "/_dump")).containsExactly("1.dcm", "file.dcm", "folder/2.dcm");
    assertThat(names(folder + "/_dump/f*")).containsExactly("file.dcm", "folder/2.dcm");
    assertThat(list(folder + "/_dump").get(1).sizeBytes()).isEqualTo(3);
  }

  /** The fingerprint contains size and time, so they must not depend on how a file was found. */
  @Test
  void sizeAndTimeAreThoseOfTheFileSystem() throws Exception {
    Path file = Zips.write(folder.resolve("d/1.dcm"), new byte[7]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2019-10-01T12:34:56.789999Z")));

    for (String input : List.of(folder + "/d", folder + "/d/*", folder + "/d/1.dcm")) {
      assertThat(list(input))
          .containsExactly(
              new SourceObject("file:" + file, "", 0, 7, 7, false, file.toFile().lastModified()));
    }
  }

  /** A skipped object would be missing from every report. */
  @Test
  void refusesAnObjectWhoseNameCannotBeWritten() throws Exception {
    Path latin1 = Path.of(URI.create("file://" + folder + "/Sch%E4del.dcm"));
    Files.write(latin1, new byte[2]);
    Zips.write(folder.resolve("\uFFFD.dcm"), new byte[2]);

    assertThatThrownBy(() -> list(folder.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "dicom.input: file:" + folder + "/Sch\uFFFDdel.dcm cannot be opened");

    Files.move(latin1, Path.of(URI.create("file://" + folder + "/Sch%E4del.txt")));
    assertThat(list(folder.toString())).map(SourceObject::stem).containsExactly("\uFFFD");
  }

  @Test
  void saysWhichFolderIsClosed() throws Exception {
    Path closed = Files.createDirectories(folder.resolve("d/closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(Files.isReadable(closed), "nothing is closed to root");

    assertThatThrownBy(() -> list(folder.toString()))
        .isInstanceOf(UserException.class)
        .hasMessage("dicom.input: cannot read %s: %s: permission denied".formatted(folder, closed));
  }

  @Test
  void listsTheWantedMembersOfAnArchive() throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (String name :
        List.of("d/", "d/1.dcm", "d/read.me", "__MACOSX/d/._1.dcm", ".git/2.dcm", "3.DCM")) {
      members.put(name, new byte[name.endsWith("/") ? 0 : 2]);
    }
    Path archive = Zips.write(folder.resolve("Dump.ZIP"), Zips.archive(members));

    assertThat(list(archive.toString()))
        .map(SourceObject::member)
        .containsExactly("3.DCM", "d/1.dcm");
  }

  @Test
  void saysWhatIsWrongWithAnInput() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Zips.write(folder.resolve("other/readme.txt"), new byte[2]);
    Zips.write(folder.resolve("fake.zip"), new byte[200]);
    Zips.write(folder.resolve("none.zip"), new byte[0]);

    assertRefused("missing.dcm", "no such file or directory: %s");
    assertRefused("missing*.dcm", "no such file or directory: %s");
    assertRefused("open[.dcm", "no such file or directory: %s");
    assertRefused("empty", "nothing to read in %s: it is empty");
    assertRefused(
        "other", "nothing to read in %s: its files are passed over: 1 of other kinds (.txt 1)");
    assertRefused("fake.zip", "file:%s is not a zip archive or is cut short: it has no end record");
    assertRefused("none.zip", "file:%s is not a zip archive or is cut short: it has no end record");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nofs://bucket/x.dcm", "http:", "://x", ""})
  void refusesWhatIsNoPath(String input) {
    assertThatThrownBy(() -> list(input))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("dicom.input: ");
  }

  /** Reading says what they are; the other members of the archive are read. */
  @Test
  void listsEncryptedMembersAndOtherMethods() throws Exception {
    for (String what : List.of("encrypted", "method 9")) {
      byte[] archive = Zips.small();
      int local = Zips.find(archive, ZipFormat.LOCAL_HEADER, 1);
      int central = Zips.find(archive, ZipFormat.CENTRAL_HEADER, 1);
      if (what.equals("encrypted")) {
        archive[local + 6] |= 1;
        archive[central + 8] |= 1;
      } else {
        archive[local + 8] = 9;
        archive[central + 10] = 9;
      }
      List<SourceObject> members = list(Zips.write(folder.resolve("a.zip"), archive).toString());

      assertThat(members).hasSize(3);
      assertThat(read(members.get(0))).hasSize(150);
      assertThatThrownBy(() -> read(members.get(1)))
          .isInstanceOf(DamagedMemberException.class)
          .hasMessageContaining(what)
          .extracting(e -> ((DamagedMemberException) e).reason())
          .isEqualTo(SliceReason.NOT_DICOM);
    }
  }

  private void assertRefused(String name, String message) {
    String input = folder.resolve(name).toString();
    assertThatThrownBy(() -> list(input))
        .isInstanceOf(UserException.class)
        .hasMessage("dicom.input: " + message.formatted(input));
  }

  private static List<SourceObject> list(String input) {
    return new SourceListing(HADOOP, "dicom.input", "dcm"::equals).list(List.of(input));
  }

  private List<String> names(String input) {
    int root = ("file:" + folder + "/_dump/").length();
    return list(input).stream().map(object -> object.display().substring(root)).toList();
  }

  private static byte[] read(SourceObject object) throws Exception {
    try (SourceReader reader = new SourceReader(HADOOP)) {
      return reader.read(object);
    }
  }

  /**
   * A local listing with permissions starts one process for each file: hours for a dump of 750,000.
   */
  @Test
  void asksNoLocalFileForItsRights() throws Exception {
    for (String name : List.of("d/1.dcm", "d/a/2.dcm", "d/a/b/3.txt", "d/.4.dcm")) {
      Zips.write(folder.resolve(name), new byte[2]);
    }
    Configuration hadoop = new Configuration(HADOOP);
    hadoop.set("fs.rightless.impl", RightlessFileSystem.class.getName());

    assertThat(
            new SourceListing(hadoop, "dicom.input", "dcm"::equals)
                .list(List.of("rightless:" + folder.resolve("d"))))
        .extracting(SourceObject::stem)
        .containsExactly(".4", "1", "2");
  }

  /** The local file system as {@code rightless:}. Asking for permissions fails. */
  public static final class RightlessFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("rightless:///");
    }

    @Override
    public RemoteIterator<LocatedFileStatus> listLocatedStatus(org.apache.hadoop.fs.Path path) {
      throw new AssertionError("asks for the rights of every file of " + path);
    }
  }
}
