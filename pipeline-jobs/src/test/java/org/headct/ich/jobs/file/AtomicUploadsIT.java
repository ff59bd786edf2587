package org.headct.ich.jobs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.jobs.testing.FaultProxy;
import org.headct.ich.jobs.testing.FaultProxy.Fault;
import org.headct.ich.jobs.testing.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to S3. A file appears when its upload is complete; a large one is sent in parts. */
class AtomicUploadsIT {
  private static final int MIB = 1 << 20;

  @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("");
  private final Configuration hadoop = new Configuration();
  private ObjectStore store;
  private FaultProxy proxy;
  private Path file = new Path("none");
  private FileSystem files;

  @BeforeEach
  void start() throws Exception {
    store = new ObjectStore(folder);
    // Answers later than the client's timeout, so that the client asks again.
    proxy = new FaultProxy(store.port(), 11, 2500);
    file = new Path(store.bucket("uploads"), "run/large");
    ObjectStore.settings("uploads", proxy.port()).forEach(hadoop::set);
    hadoop.setLong("fs.s3a.connection.timeout", 2000);
    hadoop.set("fs.s3a.access.key", ObjectStore.ACCESS_KEY);
    hadoop.set("fs.s3a.secret.key", ObjectStore.SECRET_KEY);
    // The smallest size that S3 allows.
    hadoop.set("fs.s3a.multipart.size", "5M");
    files = file.getFileSystem(hadoop);
  }

  @AfterEach
  void stop() throws Exception {
    files.close();
    proxy.close();
    store.close();
  }

  private static void fill(OutputStream out) throws IOException {
    byte[] part = new byte[MIB];
    for (int i = 0; i < 11; i++) {
      Arrays.fill(part, (byte) i);
      out.write(part);
    }
  }

  private static byte[] filled() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    fill(whole);
    return whole.toByteArray();
  }

  private byte[] read() throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private List<String> names() throws IOException {
    return Arrays.stream(files.listStatus(file.getParent()))
        .map(status -> status.getPath().getName())
        .toList();
  }

  @Test
  void partsAppearTogetherInSpiteOfFaultsOrNotAtAll() throws IOException {
    proxy.inject(0.1);
    AtomicFiles.write(hadoop, file, AtomicUploadsIT::fill);
    assertThat(read()).isEqualTo(filled());
    proxy.heal();

    assertThat(proxy.takeInjected()).containsOnlyKeys(Fault.values());
    Map<String, Integer> requests = proxy.takeRequests();
    assertThat(requests).containsKeys("POST uploads", "POST part");
    assertThat(requests.get("PUT part")).isGreaterThanOrEqualTo(3);

    AtomicFiles.Content half =
        out -> {
          fill(out);
          throw new IOException("half way");
        };
    assertThatThrownBy(() -> AtomicFiles.write(hadoop, file, half))
        .hasMessageContaining("cannot write " + file)
        .hasMessageContaining("half way");
    assertThat(proxy.takeRequests()).as("its parts are removed").containsKey("DELETE part");
    assertThat(names()).containsExactly("large");
    assertThat(read()).isEqualTo(filled());

    AtomicFiles.write(hadoop, file, out -> out.write(1));
    assertThat(read()).containsExactly(1);
    assertThat(names()).containsExactly("large");
  }
}
