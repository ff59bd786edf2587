package org.headct.ich.jobs.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.headct.ich.domain.error.UserException;

/**
 * A local copy of a file of any Hadoop file system, because HDF5 reads only local files. A file
 * that is already local is not copied. A copy is deleted on close.
 */
public final class LocalFile implements AutoCloseable {
  private final Path path;
  private final boolean copied;
  private final String sha256;
  private final long length;

  private LocalFile(Path path, boolean copied, String sha256) throws IOException {
    this.path = path;
    this.copied = copied;
    this.sha256 = sha256;
    this.length = Files.size(path);
  }

  /**
   * Reads the file once, for its SHA-256, and copies it if it is not local.
   *
   * @param key the setting that names the file, for messages
   * @throws UserException if the file does not exist
   */
  public static LocalFile of(Configuration conf, String key, String file) throws IOException {
    org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(file);
    FileSystem fs = remote.getFileSystem(conf);
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(fs.open(remote), digest)) {
      if (fs.getUri().getScheme().equals("file")) {
        in.transferTo(OutputStream.nullOutputStream());
        Path local = Path.of(fs.makeQualified(remote).toUri().getPath());
        return new LocalFile(local, false, HexFormat.of().formatHex(digest.digest()));
      }
      Path copy = Files.createTempFile("ich-", ".tmp");
      try (OutputStream out = Files.newOutputStream(copy)) {
        in.transferTo(out);
      } catch (IOException e) {
        Files.delete(copy);
        throw e;
      }
      return new LocalFile(copy, true, HexFormat.of().formatHex(digest.digest()));
    } catch (FileNotFoundException e) {
      throw new UserException("%s: there is no file %s".formatted(key, file), e);
    }
  }

  public Path path() {
    return path;
  }

  public String sha256() {
    return sha256;
  }

  /** The length in bytes. */
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    if (copied) {
      Files.delete(path);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
