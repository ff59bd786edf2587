package org.headct.ich.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.headct.ich.common.error.UserException;

/**
 * Lists the objects behind a key such as {@code dicom.input}: files, directories (walked), globs
 * and zip archives (their central directory, read once), on any Hadoop file system. Hidden files (a
 * name that starts with a dot or an underscore) are passed over, as Hadoop does.
 */
public final class SourceListing {
  private final Configuration hadoop;
  private final String key;
  private final Predicate<String> wanted;

  /**
   * @param hadoop settings of the file systems
   * @param key the setting that is listed, for messages
   * @param wanted by lower-case extension: which files of a directory or archive belong; a file
   *     that is named itself always does
   */
  public SourceListing(Configuration hadoop, String key, Predicate<String> wanted) {
    this.hadoop = hadoop;
    this.key = key;
    this.wanted = wanted;
  }

  /**
   * All objects, sorted by name; one that two inputs name is listed once.
   *
   * @throws UserException when an input matches nothing or holds no wanted object
   */
  public List<SourceObject> list(List<String> inputs) {
    TreeMap<String, SourceObject> objects = new TreeMap<>();
    for (String input : inputs) {
      List<SourceObject> found = listOne(input);
      if (found.isEmpty()) {
        throw new UserException("%s: nothing to read in %s".formatted(key, input));
      }
      found.forEach(object -> objects.putIfAbsent(object.display(), object));
    }
    return List.copyOf(objects.values());
  }

  private List<SourceObject> listOne(String input) {
    List<SourceObject> found = new ArrayList<>();
    try {
      Path path = new Path(input);
      FileSystem files = path.getFileSystem(hadoop);
      // A name with glob characters that exists as it stands is meant as it stands.
      FileStatus[] matches =
          files.exists(path)
              ? new FileStatus[] {files.getFileStatus(path)}
              : files.globStatus(path);
      if (matches == null || matches.length == 0) {
        throw new UserException("%s: no such file or directory: %s".formatted(key, input));
      }
      for (FileStatus match : matches) {
        if (match.isDirectory()) {
          walk(files, match.getPath(), found);
        } else {
          add(files, match, found);
        }
      }
    } catch (FileNotFoundException | IllegalArgumentException e) {
      throw new UserException("%s: cannot read %s".formatted(key, input), e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot list %s".formatted(key, input), e);
    }
    return found;
  }

  private void walk(FileSystem files, Path directory, List<SourceObject> found) throws IOException {
    RemoteIterator<LocatedFileStatus> walk = files.listFiles(directory, true);
    while (walk.hasNext()) {
      FileStatus file = walk.next();
      String name = file.getPath().getName();
      String extension = SourceObject.extensionOf(name);
      boolean hidden = name.startsWith(".") || name.startsWith("_");
      if (!hidden && (extension.equals("zip") || wanted.test(extension))) {
        add(files, file, found);
      }
    }
  }

  private void add(FileSystem files, FileStatus file, List<SourceObject> found) throws IOException {
    String uri = file.getPath().toString();
    if (SourceObject.extensionOf(uri).equals("zip")) {
      addMembers(files, file, found);
    } else {
      found.add(new SourceObject(uri, "", 0, file.getLen(), file.getLen(), false));
    }
  }

  private void addMembers(FileSystem files, FileStatus archive, List<SourceObject> found)
      throws IOException {
    String uri = archive.getPath().toString();
    try (FSDataInputStream in = files.open(archive.getPath());
        ZipFile zip =
            new ZipFile(new HadoopByteChannel(in, archive.getLen()), uri, "UTF8", true, false)) {
      for (Enumeration<ZipArchiveEntry> e = zip.getEntries(); e.hasMoreElements(); ) {
        ZipArchiveEntry entry = e.nextElement();
        if (entry.isDirectory() || !wanted.test(SourceObject.extensionOf(entry.getName()))) {
          continue;
        }
        int method = entry.getMethod();
        if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
          throw new UserException(
              "%s: %s!%s is compressed by zip method %d; only stored and deflated members are read"
                  .formatted(key, uri, entry.getName(), method));
        }
        found.add(
            new SourceObject(
                uri,
                entry.getName(),
                entry.getDataOffset(),
                entry.getCompressedSize(),
                entry.getSize(),
                method == ZipEntry.DEFLATED));
      }
    } catch (ZipException e) {
      throw new UserException("%s: %s is not a readable zip archive".formatted(key, uri), e);
    }
    found.sort(Comparator.comparing(SourceObject::display));
  }
}
