package org.headct.ich.jobs.run;

import org.headct.ich.domain.dicom.Pseudonyms;

/** The secret under which real identifiers are hashed; it comes from the environment alone. */
public final class PseudonymKey {
  public static final String VARIABLE = "ICH_PSEUDONYM_KEY";

  private PseudonymKey() {}

  /** The key, empty where none is set. */
  public static String fromEnvironment() {
    String key = System.getenv(VARIABLE);
    return key == null ? "" : key.strip();
  }

  /**
   * Tells whether two runs hash under one key, without the key: by what becomes of a fixed text. It
   * gives away as much as any pseudonym does.
   */
  public static String fingerprint(String key) {
    return new Pseudonyms(key).of("which key");
  }

  /** What the report says of objects whose ids were no pseudonyms. */
  public static String describe(String key, long objects) {
    return key.isEmpty()
        ? "of %,d objects WITHOUT A SECRET, so that a guessed id can be tested: set %s and run again"
            .formatted(objects, VARIABLE)
        : "of %,d objects, under %s".formatted(objects, VARIABLE);
  }
}
