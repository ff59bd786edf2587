package org.headct.ich.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.headct.ich.common.error.UserException;
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

  /** With rights a local listing starts a process a file: hours for a dump of 750,000. */
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

  /** The local file system as {@code rightless:}, of whose files nobody may ask the rights. */
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
