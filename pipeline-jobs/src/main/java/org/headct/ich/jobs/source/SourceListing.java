package org.headct.ich.jobs.source;

import static java.util.stream.Collectors.joining;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.headct.ich.jobs.source.PassedOver.Cause;

/**
 * The objects of an input key such as {@code dicom.input}: files, directories (searched
 * recursively), globs and zip archives (their central directory, read once), on any Hadoop file
 * system.
 *
 * <p>Files and folders of other programs, such as {@code __MACOSX} or {@code _SUCCESS}, are passed
 * over in directories, globs and archives, and counted. A hidden file that an input names itself is
 * read. A name with glob characters that exists as a file is taken literally. Percent signs in a
 * URI are literal, as everywhere in Hadoop.
 */
public final class SourceListing {
  private final Configuration hadoop;
  private final String key;
  private final Predicate<String> wanted;
  private final Predicate<String> names;
  private final HiddenNames hidden;

  /**
   * The result of a listing.
   *
   * @param objects the objects in order
   * @param passedOver the files that are not read
   */
  public record Listed(List<SourceObject> objects, PassedOver passedOver) {}

  /** The number of refused inputs and archives that a message names. */
  private static final int SHOWN_REFUSALS = 10;

  /** The reason why an input or an archive cannot be read. */
  private record Refusal(String message, Exception cause) {}

  /** The objects found so far, and why some inputs and archives cannot be read. */
  private static final class Found {
    final SortedObjects objects;
    final List<Refusal> refusals = new ArrayList<>();
    final PassedOver passedOver = new PassedOver();

    Found(LongConsumer progress) {
      objects = new SortedObjects(progress);
    }

    void refuse(String message, Exception cause) {
      refusals.add(new Refusal(message, cause));
    }
  }

  /**
   * Creates a listing of a dump. Folders and files whose name starts with a dot or an underscore
   * are read, except those of other programs.
   *
   * @param hadoop settings of the file systems
   * @param key the setting that is listed, for messages
   * @param wanted test of a lower-case extension: selects files of a directory or archive; a file
   *     that is named itself, or by a glob, always belongs. The extension of a compressed file is
   *     the one before, {@code dcm} of {@code x.dcm.gz}
   */
  public SourceListing(Configuration hadoop, String key, Predicate<String> wanted) {
    this.hadoop = hadoop;
    this.key = key;
    this.wanted = name -> wanted.test(SourceObject.innerExtensionOf(name));
    this.names = name -> true;
    this.hidden = HiddenNames.OF_PROGRAMS;
  }

  /**
   * Creates a listing of texts, which also selects by name. Everything whose name starts with a dot
   * or an underscore is passed over.
   *
   * @param wanted test of a lower-case extension, also that of a compression
   * @param names test of a file's name without folders
   */
  public SourceListing(
      Configuration hadoop, String key, Predicate<String> wanted, Predicate<String> names) {
    this.hadoop = hadoop;
    this.key = key;
    this.wanted = name -> wanted.test(SourceObject.extensionOf(name));
    this.names = names;
    this.hidden = HiddenNames.ALL;
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
    return list(inputs, count -> {}).objects();
  }

  /**
   * Returns the objects of {@link #list(List)} and the files that are passed over. It reports
   * progress, because hundreds of thousands of objects take minutes.
   *
   * @param progress receives the number of objects so far, every thousand
   */
  public Listed list(List<String> inputs, LongConsumer progress) {
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
    return new Listed(found.objects.sorted(), found.passedOver);
  }

  private void listSome(String input, Found found) {
    long before = found.objects.count();
    int refused = found.refusals.size();
    long passedOver = found.passedOver.count();
    listOne(input, found);
    if (found.objects.count() == before && found.refusals.size() == refused) {
      throw new UserException(
          found.passedOver.count() == passedOver
              ? "%s: nothing to read in %s: it is empty".formatted(key, input)
              : "%s: nothing to read in %s: its files are passed over: %s"
                  .formatted(key, input, found.passedOver.describe()));
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
          found,
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

  private void matches(
      FileSystem files, Path path, String input, Found found, StatusVisitor visitor)
      throws IOException {
    FileStatus itself;
    try {
      itself = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      AtomicBoolean matched = new AtomicBoolean();
      Globs.match(
          files,
          path,
          hidden,
          found.passedOver,
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
    int root = directory.toUri().getPath().length();
    if (files instanceof RawLocalFileSystem local) {
      LocalFolders.walk(
          local, directory, Integer.MAX_VALUE, file -> take(files, file, root, found));
      return;
    }
    // Object stores answer a recursive listing in pages of a thousand.
    RemoteIterator<LocatedFileStatus> walk = files.listFiles(directory, true);
    while (walk.hasNext()) {
      take(files, walk.next(), root, found);
    }
  }

  private void take(FileSystem files, FileStatus file, int root, Found found) throws IOException {
    Path path = file.getPath();
    String below = path.toUri().getPath().substring(root);
    if (isShown(below, found) && (isZip(below) || isWanted(path.getName(), found))) {
      add(files, file, found);
    }
  }

  /**
   * Returns whether no part of a name is hidden; counts the file if one is.
   *
   * @param path folders below the input and the file's name
   */
  private boolean isShown(String path, Found found) {
    Optional<String> match = hidden.matchPath(path);
    match.ifPresent(name -> found.passedOver.add(Cause.HIDDEN, name));
    return match.isEmpty();
  }

  /** Returns whether a file's name is that of a wanted file; counts the file if not. */
  private boolean isWanted(String name, Found found) {
    boolean wants = wanted.test(name) && names.test(name);
    if (!wants) {
      found.passedOver.add(Cause.OTHER_KIND, "." + SourceObject.extensionOf(name));
    }
    return wants;
  }

  private static boolean isZip(String name) {
    return SourceObject.extensionOf(name).equals("zip");
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
    String name = SourceObject.baseName(member.name());
    if (!isShown(member.name().replace('\\', '/'), found) || !isWanted(name, found)) {
      return;
    }
    // Encrypted members and those of other methods are listed, too. Reading them says what they
    // are.
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
