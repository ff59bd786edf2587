package org.headct.ich.jobs.auditdicom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret under which real identifiers are hashed; it comes from the environment alone. */
final class PseudonymKey {
  static final String VARIABLE = "ICH_PSEUDONYM_KEY";
  private static final Logger LOG = LoggerFactory.getLogger(PseudonymKey.class);

  private PseudonymKey() {}

  static String fromEnvironment() {
    String key = System.getenv(VARIABLE);
    if (key == null || key.isBlank()) {
      LOG.info(
          "{} is not set: ids that are not RSNA pseudonyms are hashed without a secret", VARIABLE);
      return "";
    }
    return key;
  }
}
