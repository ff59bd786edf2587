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

/** Everything that runs left behind, searchable for texts without regard to case. */
public final class Haystack {
  /** Iceberg's own metadata tables: column bounds, snapshot summaries. */
  private static final List<String> METADATA = List.of("", ".files", ".entries", ".snapshots");

  private final String name;
  private final Map<String, String> places = new TreeMap<>();

  /**
   * Creates an empty haystack.
   *
   * @param name the way in which the runs were made
   */
  public Haystack(String name) {
    this.name = name;
  }

  /** Adds bytes unchanged. A search compares with the UTF-8 of the text. */
  public void add(String place, byte[] bytes) {
    places.merge(place, lower(new String(bytes, ISO_8859_1)), String::concat);
  }

  public void add(String place, List<String> lines) {
    add(place, String.join("\n", lines).getBytes(UTF_8));
  }

  /** Adds the name and content of every file in a folder, also of hidden ones. */
  public void addFiles(String place, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String relative = folder.relativize(file).toString();
        add(place + "/" + relative, relative.getBytes(UTF_8));
        add(place + "/" + relative, Files.readAllBytes(file));
      }
    }
  }

  /** Adds the decoded tables of {@code ich}, because Parquet and Avro encode their texts. */
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

  /** Returns the places that contain a text. */
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
