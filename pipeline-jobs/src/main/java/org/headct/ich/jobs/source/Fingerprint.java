package org.headct.ich.jobs.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.headct.ich.domain.sample.StableHash;

/**
 * Hashes that show whether an input is the one that an earlier run read, without reading it again.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** Returns 64 bits over name, place, sizes and version of an object. */
  public static long hash(SourceObject object) {
    return StableHash.of(0, object.toString());
  }

  /**
   * Returns the first 16 hexadecimal digits of the SHA-256 over name, size and version of each
   * object.
   */
  public static String of(List<SourceObject> objects) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (SourceObject object : objects) {
        digest.update(object.toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
