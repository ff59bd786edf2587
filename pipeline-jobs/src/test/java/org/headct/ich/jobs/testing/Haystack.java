package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** All that runs left behind, to be searched for texts whatever their case. */
public final class Haystack {
  /** What Iceberg itself keeps of a table: bounds of columns, summaries of snapshots. */
  private static final List<String> METADATA = List.of("", ".files", ".entries", ".snapshots");

  private final String name;
  private final Map<String, String> places = new TreeMap<>();

  /**
   * @param name how the runs were made
   */
  public Haystack(String name) {
    this.name = name;
  }

  /** Bytes as they are: a text is found in them by its UTF-8. */
  public void add(String place, byte[] bytes) {
    places.merge(place, lower(new String(bytes, ISO_8859_1)), String::concat);
  }

  public void add(String place, List<String> lines) {
    add(place, String.join("\n", lines).getBytes(UTF_8));
  }

  /** Every file below a folder, hidden ones too, by name and by bytes. */
  public void addFiles(String place, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String relative = folder.relativize(file).toString();
        add(place + "/" + relative, relative.getBytes(UTF_8));
        add(place + "/" + relative, Files.readAllBytes(file));
      }
    }
  }

  /** The tables of {@code ich}, decoded: Parquet and Avro hide texts from a look at their bytes. */
  public void addTables(SparkSession spark) {
    for (Row table : spark.sql("SHOW TABLES IN ich").collectAsList()) {
      String tableName = table.getString(1);
      for (String metadata : METADATA) {
        add(
            "table " + tableName + metadata,
            spark.table("ich." + tableName + metadata).toJSON().collectAsList());
      }
    }
  }

  /** Where a text stands. */
  public Set<String> placesOf(String text) {
    String needle = lower(new String(text.getBytes(UTF_8), ISO_8859_1));
    Set<String> found = new TreeSet<>();
    places.forEach(
        (place, content) -> {
          if (content.contains(needle)) {
            found.add(place);
          }
        });
    return found;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }
}
