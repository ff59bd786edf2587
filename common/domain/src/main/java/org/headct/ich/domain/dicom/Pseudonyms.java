package org.headct.ich.domain.dicom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ids that name nobody. Pseudonyms of the public data sets stay as they are: RSNA's ({@code ID_}
 * and hexadecimal digits, of patients, studies, series and images) and CQ500's ({@code CQ500-CT-}
 * and a number, of a scan's patient); every other id becomes {@code ID_} and 24 digits of its
 * HMAC-SHA-256 under a key, so that who has the tables but not the key cannot test a guess.
 *
 * <p>Not thread-safe: one for each task.
 */
public final class Pseudonyms {
  private static final Pattern RSNA = Pattern.compile("ID_[0-9a-f]{6,64}");
  private static final Pattern CQ500 = Pattern.compile("CQ500-CT-[0-9]{1,5}");
  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGEST_BYTES = 12;

  private final Mac mac;

  /**
   * @param key the secret; empty is allowed for data without real identifiers and protects nothing
   */
  public Pseudonyms(String key) {
    // An HMAC key must not be empty, so a fixed letter goes before every key.
    byte[] secret = ("k" + key).getBytes(StandardCharsets.UTF_8);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Whether an id is a pseudonym of RSNA's or CQ500's. */
  public static boolean isPseudonym(String id) {
    return isImagePseudonym(id) || CQ500.matcher(id).matches();
  }

  /**
   * Whether an id is a pseudonym that may be an image's: RSNA's alone, for CQ500's name scans, of
   * which a file by that name is but a part.
   */
  public static boolean isImagePseudonym(String id) {
    return RSNA.matcher(id).matches();
  }

  /** The pseudonym of an id; empty stays empty. */
  public String of(String id) {
    if (id.isEmpty() || isPseudonym(id)) {
      return id;
    }
    byte[] digest = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    return "ID_" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
  }
}
