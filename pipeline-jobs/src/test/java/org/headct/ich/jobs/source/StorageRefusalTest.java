package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

/** Refusals that no retry cures have a remedy. Faults of the storage are not refusals. */
class StorageRefusalTest {
  @Test
  void refusedCredentialsAreFoundBehindOtherFailures() {
    IOException refused =
        new AccessDeniedException("s3a://b/x", null, "getFileStatus: Forbidden\nsecond line");
    assertThat(StorageRefusal.behind(new IllegalStateException(new UncheckedIOException(refused))))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("s3a://b/x: getFileStatus: Forbidden; correct the credentials")
                    .contains("AWS_SECRET_ACCESS_KEY")
                    .doesNotContain("second line"));
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    assertThat(StorageRefusal.behind(new UnknownStoreException("s3a://b/", "no such bucket")))
        .hasValueSatisfying(text -> assertThat(text).contains("s3a://b/", "create the bucket"));
  }

  @Test
  void rightsOnOtherFileSystemsNeedNoKeys() {
    assertThat(StorageRefusal.explain(new AccessDeniedException("/data/x")))
        .isEqualTo("/data/x: permission denied");
    assertThat(StorageRefusal.behind(new AccessControlException("/data: denied")))
        .hasValue("/data: denied");
  }

  @Test
  void faultsAreNoRefusals() {
    assertThat(StorageRefusal.behind(new SocketException("reset"))).isEmpty();
    assertThat(StorageRefusal.behind(new FileNotFoundException("x"))).isEmpty();
    assertThat(StorageRefusal.behind(new IllegalStateException())).isEmpty();
  }
}
