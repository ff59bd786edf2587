package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * S3 server on the loopback interface: S3Proxy over a folder. It is a process of its own, because
 * it needs newer versions of many libraries than Spark has. The build puts its jar into {@code
 * target/s3-server}. It checks signatures, so a wrong secret is refused.
 */
public final class ObjectStore implements AutoCloseable {
  public static final String ACCESS_KEY = "tests-access-key";
  public static final String SECRET_KEY = "tests-secret-key";

  private static final Pattern STARTED =
      Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)\\}");

  private final Path folder;
  private final Process process;
  private final int port;

  /**
   * Starts the server and waits until it answers.
   *
   * @param folder the folder for the objects and the server's log
   */
  public ObjectStore(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder.resolve("buckets"));
    Path settings = folder.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "s3proxy.endpoint=http://127.0.0.1:0",
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + folder.resolve("buckets").toAbsolutePath()));
    Path log = folder.resolve("s3proxy.log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    // For a test that is killed.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    StandaloneCluster.await(
        "the S3 server",
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("no S3 server: " + Files.readString(log, UTF_8));
          }
          return STARTED.matcher(Files.readString(log, UTF_8)).find();
        });
    Matcher started = STARTED.matcher(Files.readString(log, UTF_8));
    port = started.find() ? Integer.parseInt(started.group(1)) : 0;
  }

  private static Path jar() throws IOException {
    Path jar =
        Repository.top()
            .resolve("pipeline-jobs/target/s3-server/s3proxy-jar-with-dependencies.jar");
    if (!Files.exists(jar)) {
      throw new IOException("no " + jar + ": mvn verify puts it there");
    }
    return jar;
  }

  /** Makes a bucket and returns its URI. */
  public String bucket(String name) throws IOException {
    Files.createDirectories(folder.resolve("buckets").resolve(name));
    return "s3a://" + name;
  }

  /** Puts an object by S3's protocol. A file in the server's folder would have no ETag. */
  public void put(String bucket, String key, String text) throws IOException {
    Configuration conf = new Configuration();
    settings(bucket, port).forEach(conf::set);
    conf.set("fs.s3a.bucket." + bucket + ".access.key", ACCESS_KEY);
    conf.set("fs.s3a.bucket." + bucket + ".secret.key", SECRET_KEY);
    URI object = URI.create("s3a://%s/%s".formatted(bucket, key));
    try (FileSystem s3 = FileSystem.newInstance(object, conf);
        OutputStream out = s3.create(new org.apache.hadoop.fs.Path(object))) {
      out.write(text.getBytes(UTF_8));
    }
  }

  /** Returns the port on the loopback interface. */
  public int port() {
    return port;
  }

  /**
   * Returns Hadoop's settings for a bucket on this server, without credentials.
   *
   * @param port the port of this server, or of a proxy before it
   */
  public static Map<String, String> settings(String bucket, int port) {
    String prefix = "fs.s3a.bucket." + bucket + ".";
    Map<String, String> settings = new TreeMap<>();
    settings.put(prefix + "endpoint", "http://127.0.0.1:" + port);
    settings.put(prefix + "path.style.access", "true");
    settings.put(prefix + "connection.ssl.enabled", "false");
    return settings;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
