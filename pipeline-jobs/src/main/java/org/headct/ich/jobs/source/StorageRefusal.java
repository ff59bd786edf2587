package org.headct.ich.jobs.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.security.AccessControlException;

/** Storage errors that deny access, in words for the user. */
public final class StorageRefusal {
  private StorageRefusal() {}

  /**
   * Returns whether a retry is useless: permissions, credentials or the bucket's name must be
   * corrected.
   */
  public static boolean is(Throwable e) {
    // Hadoop's exception; the JDK's, which S3A throws too; and S3A's for a missing bucket.
    return e instanceof AccessControlException
        || e instanceof AccessDeniedException
        || e instanceof UnknownStoreException;
  }

  /** Returns what is wrong, with a remedy if there is one. */
  public static String explain(IOException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (e instanceof UnknownStoreException) {
      return message + "; create the bucket, or correct its name or fs.s3a.endpoint";
    }
    if (e instanceof AccessDeniedException && message.startsWith("s3")) {
      return message
          + "; correct the credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or this machine's role) or their permissions";
    }
    // The JDK's message is only the name.
    return e instanceof AccessDeniedException denied && denied.getReason() == null
        ? message + ": permission denied"
        : message;
  }

  /**
   * Returns the refusal that caused a failure, {@linkplain #explain explained}, if there is one.
   */
  public static Optional<String> behind(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof IOException io && is(io)) {
        return Optional.of(explain(io));
      }
    }
    return Optional.empty();
  }
}
