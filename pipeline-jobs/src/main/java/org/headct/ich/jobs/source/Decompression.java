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
 * Undoes the compression that a file's extension tells of: .zst by the library that Spark ships
 * (Hadoop's own codec needs a native Hadoop), .gz, .bz2 and others by Hadoop's codecs.
 */
final class Decompression {
  private Decompression() {}

  /** Whether the extension tells of a compression. */
  static boolean isCompressed(String name) {
    String extension = SourceObject.extensionOf(name);
    return isZstd(extension) || codec(new Configuration(false), extension) != null;
  }

  private static boolean isZstd(String extension) {
    return extension.equals("zst") || extension.equals("zstd");
  }

  /** The codec is found by the end of the name alone; the name itself may be no path at all. */
  private static @Nullable CompressionCodec codec(Configuration hadoop, String extension) {
    return new CompressionCodecFactory(hadoop).getCodec(new Path("/name." + extension));
  }

  /**
   * The stream itself where the extension tells of no compression.
   *
   * @throws UserException when the codec is not to be had on this machine
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
      // Hadoop's bzip2 answers a read of no bytes by "end", at which readAllBytes stops at 8 KiB.
      return new BufferedInputStream(codec.createInputStream(compressed));
    } catch (RuntimeException | LinkageError e) {
      // Hadoop's codecs throw a plain RuntimeException where their native half is missing.
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
