package org.headct.ich.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.headct.ich.common.error.UserException;

/**
 * Lists the objects behind a key such as {@code dicom.input}: files, directories (walked), globs
 * and zip archives (their central directory, read once), on any Hadoop file system.
 *
 * <p>Hidden files and folders (a name that starts with a dot or an underscore) are passed over in
 * directories, globs and archives, as Hadoop does; one that an input names itself is not. A name
 * with glob characters that exists as it stands is meant as it stands. Percent signs in a URI are
 * themselves, as everywhere in Hadoop.
 */
public final class SourceListing {
  private static final Comparator<SourceObject> ORDER =
      Comparator.comparing(SourceObject::uri)
          .thenComparing(SourceObject::member)
          .thenComparingLong(SourceObject::offset);

  private final Configuration hadoop;
  private final String key;
  private final Predicate<String> wanted;
  private final Predicate<String> names;

  /** What one input came to. */
  private static final class Found {
    final List<SourceObject> objects = new ArrayList<>();
    long passedOver;
  }

  /**
   * @param hadoop settings of the file systems
   * @param key the setting that is listed, for messages
   * @param wanted by lower-case extension: which files of a directory or archive belong; a file
   *     that is named itself, or by a glob, always does
   */
  public SourceListing(Configuration hadoop, String key, Predicate<String> wanted) {
    this(hadoop, key, wanted, name -> true);
  }

  /**
   * @param names by name without folders: which of these belong
   */
  public SourceListing(
      Configuration hadoop, String key, Predicate<String> wanted, Predicate<String> names) {
    this.hadoop = hadoop;
    this.key = key;
    this.wanted = wanted;
    this.names = names;
  }

  /**
   * All objects, sorted by file and member; one that two inputs name is listed once.
   *
   * @throws UserException when an input matches nothing, holds no wanted object or is an archive
   *     that cannot be read
   * @throws UncheckedIOException a fault of the storage
   */
  public List<SourceObject> list(List<String> inputs) {
    List<SourceObject> all = new ArrayList<>();
    for (String input : inputs) {
      Found found = listOne(input);
      if (found.objects.isEmpty()) {
        throw new UserException(
            found.passedOver == 0
                ? "%s: nothing to read in %s: it is empty".formatted(key, input)
                : "%s: nothing to read in %s: its %d files are hidden or of other kinds"
                    .formatted(key, input, found.passedOver));
      }
      all.addAll(found.objects);
    }
    all.sort(ORDER);
    List<SourceObject> once = new ArrayList<>(all.size());
    for (SourceObject object : all) {
      if (once.isEmpty() || ORDER.compare(once.get(once.size() - 1), object) != 0) {
        once.add(object);
      }
    }
    return List.copyOf(once);
  }

  private Found listOne(String input) {
    Found found = new Found();
    try {
      Path path = pathOf(input);
      FileSystem files = InputFiles.of(path, hadoop);
      for (FileStatus match : matches(files, path, input)) {
        if (match.isDirectory()) {
          walk(files, match.getPath(), found);
        } else {
          add(files, match, found);
        }
      }
    } catch (FileNotFoundException | AccessControlException e) {
      // Their messages name the file inside of the input that is gone or closed to us.
      throw new UserException("%s: cannot read %s: %s".formatted(key, input, e.getMessage()), e);
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw new UserException(
          "%s: not a path or URI of a known file system: %s".formatted(key, input), e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot list %s".formatted(key, input), e);
    }
    return found;
  }

  /** A relative name with a colon looks like a URI; Hadoop refuses it unless a folder precedes. */
  private Path pathOf(String input) {
    if (input.isBlank()) {
      throw new UserException("%s: an empty path; name a file, directory or URI".formatted(key));
    }
    try {
      return new Path(input);
    } catch (IllegalArgumentException e) {
      return new Path("./" + input);
    }
  }

  private List<FileStatus> matches(FileSystem files, Path path, String input) throws IOException {
    try {
      return List.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      List<FileStatus> matches = Globs.matches(files, path);
      if (matches.isEmpty()) {
        throw new UserException("%s: no such file or directory: %s".formatted(key, input), e);
      }
      return matches;
    }
  }

  private void walk(FileSystem files, Path directory, Found found) throws IOException {
    int depth = directory.depth();
    if (files instanceof RawLocalFileSystem) {
      walkLocal(files, directory, depth, found);
      return;
    }
    // A recursive listing, which object stores answer in pages of a thousand.
    RemoteIterator<LocatedFileStatus> walk = files.listFiles(directory, true);
    while (walk.hasNext()) {
      take(files, walk.next(), depth, found);
    }
  }

  /**
   * Folder by folder: the recursive listing asks for the rights of each file, which without
   * Hadoop's native library starts a process for each.
   */
  private void walkLocal(FileSystem files, Path directory, int depth, Found found)
      throws IOException {
    for (FileStatus status : files.listStatus(directory)) {
      if (status.isDirectory()) {
        walkLocal(files, status.getPath(), depth, found);
      } else {
        take(files, status, depth, found);
      }
    }
  }

  private void take(FileSystem files, FileStatus file, int depth, Found found) throws IOException {
    String name = file.getPath().getName();
    if ((isZip(name) || belongs(name)) && !hiddenBelow(file.getPath(), depth)) {
      add(files, file, found);
    } else {
      found.passedOver++;
    }
  }

  private static boolean isZip(String name) {
    return SourceObject.extensionOf(name).equals("zip");
  }

  private boolean belongs(String name) {
    return wanted.test(SourceObject.extensionOf(name)) && names.test(name);
  }

  private static boolean hiddenBelow(Path file, int depth) {
    for (Path part = file; part != null && part.depth() > depth; part = part.getParent()) {
      if (hidden(part.getName())) {
        return true;
      }
    }
    return false;
  }

  static boolean hidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private void add(FileSystem files, FileStatus file, Found found) throws IOException {
    String uri = file.getPath().toString();
    if (isZip(uri)) {
      addMembers(files, file, found);
    } else {
      found.objects.add(
          new SourceObject(
              uri, "", 0, file.getLen(), file.getLen(), false, file.getModificationTime()));
    }
  }

  private void addMembers(FileSystem files, FileStatus archive, Found found) throws IOException {
    String uri = archive.getPath().toString();
    try (FSDataInputStream in = files.open(archive.getPath())) {
      ZipDirectory.read(
          (position, bytes, length) -> in.readFully(position, bytes, 0, length),
          archive.getLen(),
          member -> addMember(archive, member, found));
    } catch (UnreadableZipException e) {
      throw new UserException("%s: %s %s".formatted(key, uri, e.getMessage()), e);
    }
  }

  private void addMember(FileStatus archive, ZipMember member, Found found) {
    String uri = archive.getPath().toString();
    if (member.directory()) {
      return;
    }
    if (!belongs(member.name().substring(member.name().lastIndexOf('/') + 1))
        || Arrays.stream(member.name().split("/")).anyMatch(SourceListing::hidden)) {
      found.passedOver++;
      return;
    }
    if (member.protection() == ZipMember.Protection.ENCRYPTED) {
      throw new UserException(
          "%s: %s!%s is encrypted; decrypt the archive first".formatted(key, uri, member.name()));
    }
    if (member.method() != ZipFormat.STORED && member.method() != ZipFormat.DEFLATED) {
      throw new UserException(
          "%s: %s!%s is compressed by zip method %d; only stored and deflated members are read: pack it again"
              .formatted(key, uri, member.name(), member.method()));
    }
    found.objects.add(
        new SourceObject(
            uri,
            member.name(),
            member.headerOffset(),
            member.storedBytes(),
            member.sizeBytes(),
            member.method() == ZipFormat.DEFLATED,
            archive.getModificationTime()));
  }
}
