package org.headct.ich.jobs.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.security.AccessControlException;

/** What a storage answers that lets nobody in, in words for the one who asked. */
public final class StorageRefusal {
  private StorageRefusal() {}

  /** Whether asking again is in vain: rights, credentials or the bucket's name must be mended. */
  public static boolean is(Throwable e) {
    // Hadoop's own, the JDK's, which S3A throws too, and S3A's for a bucket that is not there.
    return e instanceof AccessControlException
        || e instanceof AccessDeniedException
        || e instanceof UnknownStoreException;
  }

  /** What is wrong, with the remedy where there is one to tell. */
  public static String explain(IOException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (e instanceof UnknownStoreException) {
      return message + "; make the bucket, or mend its name or fs.s3a.endpoint";
    }
    if (e instanceof AccessDeniedException && message.startsWith("s3")) {
      return message
          + "; mend the credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or this machine's role) or their rights";
    }
    // The JDK's own says nothing but the name.
    return e instanceof AccessDeniedException denied && denied.getReason() == null
        ? message + ": permission denied"
        : message;
  }

  /** The refusal behind a failure, {@linkplain #explain explained}, if there is one. */
  public static Optional<String> behind(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof IOException io && is(io)) {
        return Optional.of(explain(io));
      }
    }
    return Optional.empty();
  }
}
