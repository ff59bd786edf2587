package org.headct.ich.jobs.source;

import static java.util.stream.Collectors.joining;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
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
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.source.LocalFolders.StatusVisitor;

/**
 * The objects of an input key such as {@code dicom.input}: files, directories (searched
 * recursively), globs and zip archives (their central directory, read once), on any Hadoop file
 * system.
 *
 * <p>Hidden files and folders, whose name starts with a dot or an underscore, are skipped in
 * directories, globs and archives, as in Hadoop. A hidden file that an input names itself is read.
 * A name with glob characters that exists as a file is taken literally. Percent signs in a URI are
 * literal, as everywhere in Hadoop.
 */
public final class SourceListing {
  private final Configuration hadoop;
  private final String key;
  private final Predicate<String> wanted;
  private final Predicate<String> names;

  /** The number of refused inputs and archives that a message names. */
  private static final int SHOWN_REFUSALS = 10;

  /** The reason why an input or an archive cannot be read. */
  private record Refusal(String message, Exception cause) {}

  /** The objects found so far, and why some inputs and archives cannot be read. */
  private static final class Found {
    final SortedObjects objects;
    final List<Refusal> refusals = new ArrayList<>();
    long passedOver;

    Found(LongConsumer progress) {
      objects = new SortedObjects(progress);
    }

    void refuse(String message, Exception cause) {
      refusals.add(new Refusal(message, cause));
    }
  }

  /**
   * Creates a listing.
   *
   * @param hadoop settings of the file systems
   * @param key the setting that is listed, for messages
   * @param wanted test of a lower-case extension: selects files of a directory or archive; a file
   *     that is named itself, or by a glob, always belongs
   */
  public SourceListing(Configuration hadoop, String key, Predicate<String> wanted) {
    this(hadoop, key, wanted, name -> true);
  }

  /**
   * Creates a listing that also selects by name.
   *
   * @param names test of a file's name without folders
   */
  public SourceListing(
      Configuration hadoop, String key, Predicate<String> wanted, Predicate<String> names) {
    this.hadoop = hadoop;
    this.key = key;
    this.wanted = wanted;
    this.names = names;
  }

  /**
   * Returns all objects, sorted by file and member. An object that two inputs name is listed once.
   * The list takes about 25 bytes an object and is meant to be read in order: see {@link
   * PackedObjects}.
   *
   * @throws UserException if inputs match nothing, hold no wanted object or are archives that
   *     cannot be read; the message names all of them in one line
   * @throws UncheckedIOException for a fault of the storage
   */
  public List<SourceObject> list(List<String> inputs) {
    return list(inputs, count -> {});
  }

  /**
   * Returns the same as {@link #list(List)} and reports progress, because hundreds of thousands of
   * objects take minutes.
   *
   * @param progress receives the number of objects so far, every thousand
   */
  public List<SourceObject> list(List<String> inputs, LongConsumer progress) {
    Found found = new Found(progress);
    for (String input : inputs) {
      try {
        listSome(input, found);
      } catch (UserException e) {
        found.refuse(String.valueOf(e.getMessage()), e);
      }
    }
    if (!found.refusals.isEmpty()) {
      throw new UserException(joined(found.refusals), found.refusals.get(0).cause());
    }
    return found.objects.sorted();
  }

  private void listSome(String input, Found found) {
    long before = found.objects.count();
    int refused = found.refusals.size();
    found.passedOver = 0;
    listOne(input, found);
    if (found.objects.count() == before && found.refusals.size() == refused) {
      throw new UserException(
          found.passedOver == 0
              ? "%s: nothing to read in %s: it is empty".formatted(key, input)
              : "%s: nothing to read in %s: its %d files are hidden or of other kinds"
                  .formatted(key, input, found.passedOver));
    }
  }

  private static String joined(List<Refusal> refusals) {
    int more = refusals.size() - SHOWN_REFUSALS;
    String shown =
        refusals.stream().limit(SHOWN_REFUSALS).map(Refusal::message).collect(joining("; "));
    return more > 0 ? shown + "; and %,d more".formatted(more) : shown;
  }

  private void listOne(String input, Found found) {
    try {
      Path path = pathOf(input);
      FileSystem files = InputFiles.of(path, hadoop);
      matches(
          files,
          path,
          input,
          match -> {
            if (match.isDirectory()) {
              walk(files, match.getPath(), found);
            } else {
              add(files, match, found);
            }
          });
    } catch (FileNotFoundException e) {
      // The message names the file inside the input that is gone.
      throw new UserException("%s: cannot read %s: %s".formatted(key, input, e.getMessage()), e);
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw new UserException(
          "%s: not a path or URI of a known file system: %s".formatted(key, input), e);
    } catch (IOException e) {
      if (StorageRefusal.is(e)) {
        throw new UserException(
            "%s: cannot read %s: %s".formatted(key, input, StorageRefusal.explain(e)), e);
      }
      throw new UncheckedIOException("%s: cannot list %s".formatted(key, input), e);
    }
  }

  /**
   * Parses an input. A relative name with a colon looks like a URI; Hadoop accepts it only after a
   * folder.
   */
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

  private void matches(FileSystem files, Path path, String input, StatusVisitor visitor)
      throws IOException {
    FileStatus itself;
    try {
      itself = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      AtomicBoolean matched = new AtomicBoolean();
      Globs.match(
          files,
          path,
          match -> {
            matched.set(true);
            visitor.visit(match);
          });
      if (!matched.get()) {
        throw new UserException("%s: no such file or directory: %s".formatted(key, input), e);
      }
      return;
    }
    visitor.visit(itself);
  }

  private void walk(FileSystem files, Path directory, Found found) throws IOException {
    int depth = directory.depth();
    if (files instanceof RawLocalFileSystem local) {
      LocalFolders.walk(
          local, directory, Integer.MAX_VALUE, file -> take(files, file, depth, found));
      return;
    }
    // Object stores answer a recursive listing in pages of a thousand.
    RemoteIterator<LocatedFileStatus> walk = files.listFiles(directory, true);
    while (walk.hasNext()) {
      take(files, walk.next(), depth, found);
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
    return wanted.test(SourceObject.extensionOf(name)) && names.test(SourceObject.baseName(name));
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
    // The JVM puts this character in the place of bytes that are invalid in its encoding.
    if (uri.indexOf('\uFFFD') >= 0 && !files.exists(file.getPath())) {
      throw new UserException(
          "%s: %s cannot be opened: its name is not in this JVM's encoding; rename it, or set LC_ALL=C.UTF-8"
              .formatted(key, uri));
    }
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
          member -> addMember(archive, uri, member, found));
    } catch (UnreadableZipException e) {
      found.refuse("%s: %s %s".formatted(key, uri, e.getMessage()), e);
    } catch (UserException e) {
      // A member that cannot be read. The other archives are still looked at, to name all at once.
      found.refuse(String.valueOf(e.getMessage()), e);
    }
  }

  private void addMember(FileStatus archive, String uri, ZipMember member, Found found) {
    if (member.directory()) {
      return;
    }
    if (!belongs(member.name())
        || Arrays.stream(member.name().split("[/\\\\]")).anyMatch(SourceListing::hidden)) {
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
            member.crc32()));
  }
}
