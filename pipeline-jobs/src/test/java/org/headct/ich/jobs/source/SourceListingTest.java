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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void walksADirectoryAndPassesOverWhatIsHiddenOrNotWanted() throws Exception {
    for (String name :
        List.of(
            "b/2.dcm",
            "b/c/3.DCM",
            "1.dcm",
            ".hidden.dcm",
            "_SUCCESS",
            "_tmp/4.dcm",
            ".git/5.dcm",
            "readme.txt",
            "__MACOSX/b/._2.dcm")) {
      Zips.write(folder.resolve("_dump").resolve(name), new byte[2]);
    }

    assertThat(names(folder.resolve("_dump").toString()))
        .containsExactly("1.dcm", "b/2.dcm", "b/c/3.DCM");
  }

  @Test
  void expandsAGlob() throws Exception {
    for (String name :
        List.of("a/1.dcm", "a/2.ima", "b/3.dcm", "c/4.dcm", "a/.5.dcm", "a/x:6.dcm")) {
      Zips.write(folder.resolve("_dump").resolve(name), new byte[2]);
    }

    assertThat(names(folder + "/_dump/{a,b}/*"))
        .containsExactly("a/1.dcm", "a/2.ima", "a/x:6.dcm", "b/3.dcm");
    assertThat(names("file://" + folder + "/_dump/[b-z]")).containsExactly("b/3.dcm", "c/4.dcm");
    assertThat(names(folder + "/_dump/a/.*")).containsExactly("a/.5.dcm");
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
            .list(List.of(folder.toString(), archive.toString()), told::add);

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
        List.of("d/", "d/1.dcm", "d/read.me", "__MACOSX/d/._1.dcm", ".x/2.dcm", "3.DCM")) {
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
    assertRefused("other", "nothing to read in %s: its 1 files are hidden or of other kinds");
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

  @Test
  void refusesEncryptedMembersAndOtherMethodsOnlyWhereTheyAreWanted() throws Exception {
    byte[] encrypted = Zips.small();
    int header = Zips.find(encrypted, ZipFormat.CENTRAL_HEADER, 1);
    encrypted[header + 8] |= 1;
    byte[] deflate64 = Zips.small();
    deflate64[header + 10] = 9;

    assertRefused(Zips.write(folder.resolve("e.zip"), encrypted), "a/two.dcm is encrypted");
    assertRefused(Zips.write(folder.resolve("m.zip"), deflate64), "by zip method 9");

    System.arraycopy("txt".getBytes(UTF_8), 0, encrypted, header + 46 + 6, 3);
    assertThat(list(Zips.write(folder.resolve("e.zip"), encrypted).toString())).hasSize(2);
  }

  private void assertRefused(String name, String message) {
    String input = folder.resolve(name).toString();
    assertThatThrownBy(() -> list(input))
        .isInstanceOf(UserException.class)
        .hasMessage("dicom.input: " + message.formatted(input));
  }

  private void assertRefused(Path input, String clause) {
    assertThatThrownBy(() -> list(input.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("dicom.input: file:" + input)
        .hasMessageContaining(clause);
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
        .containsExactly("1", "2");
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
