package org.headct.ich.domain.dicom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms for ids. Pseudonyms of the public data sets stay as they are: RSNA's ({@code ID_} and
 * hexadecimal digits, for patients, studies, series and images) and CQ500's ({@code CQ500-CT-} and
 * a number, for a scan's patient). Every other id becomes {@code ID_} and 24 digits of its
 * HMAC-SHA-256 under a key. Without the key, nobody can test a guess against the tables.
 *
 * <p>Not thread-safe: use one instance per task.
 */
public final class Pseudonyms {
  /** The minimum number of digits of RSNA's pseudonyms. */
  public static final int MIN_DIGITS = 6;

  private static final Pattern RSNA = Pattern.compile("ID_[0-9a-f]{" + MIN_DIGITS + ",64}");
  private static final Pattern CQ500 = Pattern.compile("CQ500-CT-[0-9]{1,5}");
  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGEST_BYTES = 12;

  private final Mac mac;

  /**
   * @param key the secret; an empty key is allowed for data without real identifiers, but protects
   *     nothing
   */
  public Pseudonyms(String key) {
    // An HMAC key must not be empty, so every key starts with a fixed letter.
    byte[] secret = ("k" + key).getBytes(StandardCharsets.UTF_8);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Returns whether an id is a pseudonym of RSNA or CQ500. */
  public static boolean isPseudonym(String id) {
    return isImagePseudonym(id) || CQ500.matcher(id).matches();
  }

  /**
   * Returns whether an id can be the pseudonym of an image. Only RSNA's can: a CQ500 name stands
   * for a scan, and a file is only part of it.
   */
  public static boolean isImagePseudonym(String id) {
    return RSNA.matcher(id).matches();
  }

  /** Returns the pseudonym of an id; an empty id stays empty. */
  public String of(String id) {
    if (id.isEmpty() || isPseudonym(id)) {
      return id;
    }
    byte[] digest = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    return "ID_" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
  }
}
