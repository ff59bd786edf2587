package org.headct.ich.jobs.run;

import org.headct.ich.domain.dicom.Pseudonyms;

/** The secret key for hashing real identifiers. It comes only from the environment. */
public final class PseudonymKey {
  public static final String VARIABLE = "ICH_PSEUDONYM_KEY";

  private PseudonymKey() {}

  /** Returns the key, or an empty string if none is set. */
  public static String fromEnvironment() {
    String key = System.getenv(VARIABLE);
    return key == null ? "" : key.strip();
  }

  /**
   * Returns a fingerprint of the key: the hash of a fixed text. Two runs with the same fingerprint
   * used the same key. It reveals no more than any pseudonym does.
   */
  public static String fingerprint(String key) {
    return new Pseudonyms(key).of("which key");
  }

  /**
   * Describes how the ids of these objects were made pseudonymous, for the report.
   *
   * @param objects number of objects whose ids were not pseudonyms yet
   */
  public static String describe(String key, long objects) {
    return key.isEmpty()
        ? "of %,d objects WITHOUT A SECRET: anyone can test a guessed id. Set %s and run again"
            .formatted(objects, VARIABLE)
        : "of %,d objects, under %s".formatted(objects, VARIABLE);
  }
}
