package org.headct.ich.jobs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.dicom.codec.Jpeg2000;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

/** Tests of the contents of the jar that {@code mvn package} builds and users submit. */
@TestInstance(Lifecycle.PER_CLASS)
class UberJarIT {
  private static final Path SPARK = Repository.top().resolve("deploy/spark-home/target/spark/jars");
  private static final long MOST_BYTES = 230L << 20;
  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\.[0-9.]+)?");

  private Path path = Path.of("");
  private ZipFile jar;
  private Set<String> names = Set.of();

  @BeforeAll
  void open() throws IOException {
    Path target = Repository.top().resolve("pipeline-jobs/target");
    try (Stream<Path> files = Files.list(target)) {
      path =
          files
              .filter(file -> file.getFileName().toString().endsWith("-uber.jar"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no uber-jar: run mvn package"));
    }
    jar = new ZipFile(path.toFile());
    names = jar.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).collect(toSet());
  }

  @AfterAll
  void close() throws IOException {
    jar.close();
  }

  @Test
  void holdsNoClassThatSparkShips() throws IOException {
    assertThat(SPARK).as("the Spark that mvn package assembles").isDirectory();
    Set<String> twice = new TreeSet<>();
    try (Stream<Path> files = Files.list(SPARK)) {
      for (Path file : files.toList()) {
        try (ZipFile sparks = new ZipFile(file.toFile())) {
          sparks.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
              .filter(name -> !name.startsWith("META-INF/"))
              .filter(names::contains)
              .forEach(name -> twice.add(file.getFileName() + "!" + name));
        }
      }
    }

    assertThat(twice).isEmpty();
  }

  /**
   * The assembled Spark has only jars, and versions of jars, that a plain Spark also has. So every
   * test that submits the jar shows that it runs on a plain Spark.
   */
  @Test
  void theAssembledSparkIsAPartOfThePlainOne() throws IOException {
    List<String> plain;
    try (InputStream in =
        Objects.requireNonNull(UberJarIT.class.getResourceAsStream("spark-3.5.7-jars.txt"))) {
      plain =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    try (Stream<Path> files = Files.list(SPARK)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(plain);
    }
  }

  @Test
  void referenceConfIsThereOnceWithEveryKey() throws IOException {
    List<? extends ZipEntry> found =
        jar.stream().filter(e -> e.getName().equals("reference.conf")).toList();
    assertThat(found).hasSize(1);
    try (InputStreamReader in =
        new InputStreamReader(jar.getInputStream(found.get(0)), StandardCharsets.UTF_8)) {
      Config reference = ConfigFactory.parseReader(in).resolve();
      assertThat(SettingsLoader.keys())
          .allSatisfy(key -> assertThat(reference.hasPath(key)).isTrue());
    }
  }

  /**
   * Several jars have files with the same name. The merged file must have all their lines, not only
   * those of the first jar.
   */
  @Test
  void serviceFilesAreMerged() throws IOException {
    List<String> services =
        List.of(
            "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend",
            "META-INF/services/org.nd4j.linalg.compression.NDArrayCompressor",
            "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister");
    for (String service : services) {
      Set<String> provided = new TreeSet<>();
      for (var url : Collections.list(UberJarIT.class.getClassLoader().getResources(service))) {
        if (!url.toString().contains("/spark-")) {
          try (var in = url.openStream()) {
            provided.addAll(providers(in.readAllBytes()));
          }
        }
      }
      ZipEntry entry = jar.getEntry(service);
      assertThat(entry).as(service).isNotNull();
      List<String> merged = providers(jar.getInputStream(entry).readAllBytes());
      assertThat(merged).as(service).containsAll(provided).isNotEmpty();
      assertThat(merged)
          .allSatisfy(name -> assertThat(names).contains(name.replace('.', '/') + ".class"));
    }
  }

  /** The decoder's licence must not enter our jar unless the user asks for it. */
  @Test
  void holdsTheJpeg2000DecoderOnlyInItsProfile() {
    assertThat(names.stream().anyMatch(name -> name.startsWith("jj2000/")))
        .isEqualTo(Jpeg2000.isPresent());
  }

  private static List<String> providers(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void nativeCodeIsOfLinuxOnX86Alone() {
    List<String> natives =
        names.stream().filter(n -> NATIVE.matcher(n).matches()).sorted().toList();
    assertThat(natives)
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(name.toLowerCase(Locale.ROOT)).containsPattern("linux[-/]x86[-_]64"));
  }

  @Test
  void isSignedByNobodyAndStartsThePipeline(TestReporter reporter) throws IOException {
    assertThat(names).noneMatch(n -> n.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"));
    assertThat(names).contains("org/headct/ich/jobs/PipelineMain.class");
    assertThat(names)
        .as("logging is configured by conf/, not by the jar")
        .noneMatch(name -> name.startsWith("log4j") || name.startsWith("logback"));
    long bytes = Files.size(path);
    reporter.publishEntry("uber-jar MiB", Long.toString(bytes >> 20));
    assertThat(bytes).isLessThan(MOST_BYTES);
  }
}
