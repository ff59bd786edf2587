package org.headct.ich.jobs.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.headct.ich.domain.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Decompression by file extension. The library that Spark ships reads .zst, because Hadoop's codec
 * needs native Hadoop. Hadoop's codecs read .gz, .bz2 and others.
 */
final class Decompression {
  private Decompression() {}

  /** Returns whether the extension names a compression. */
  static boolean isCompressed(String name) {
    String extension = SourceObject.extensionOf(name);
    return isZstd(extension) || codec(new Configuration(false), extension) != null;
  }

  private static boolean isZstd(String extension) {
    return extension.equals("zst") || extension.equals("zstd");
  }

  /** Finds the codec by the extension only, because the name itself may be no valid path. */
  private static @Nullable CompressionCodec codec(Configuration hadoop, String extension) {
    return new CompressionCodecFactory(hadoop).getCodec(new Path("/name." + extension));
  }

  /**
   * Decompresses a stream. Returns the stream itself if the extension names no compression.
   *
   * @throws UserException if this machine lacks the codec
   */
  static InputStream of(Configuration hadoop, String name, InputStream compressed)
      throws IOException {
    String extension = SourceObject.extensionOf(name);
    try {
      if (isZstd(extension)) {
        return new ZstdInputStream(compressed);
      }
      CompressionCodec codec = codec(hadoop, extension);
      if (codec == null) {
        return compressed;
      }
      // Hadoop's bzip2 answers a read of zero bytes with "end", so that readAllBytes would stop at
      // 8 KiB.
      return new BufferedInputStream(codec.createInputStream(compressed));
    } catch (RuntimeException | LinkageError e) {
      // Hadoop's codecs throw a plain RuntimeException if their native half is missing.
      compressed.close();
      throw new UserException(
          "cannot decompress %s: no codec for .%s here; decompress it, or store it as .gz or .zst"
              .formatted(name, extension),
          e);
    } catch (IOException e) {
      compressed.close();
      throw e;
    }
  }
}
