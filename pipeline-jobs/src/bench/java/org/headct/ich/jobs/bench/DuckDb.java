package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.headct.ich.domain.label.Subtype;

/**
 * DuckDB with two threads and the same work: one row for each image, the same checks, sorted,
 * Parquet with the same codec. The connection is opened before the time starts, like the Spark
 * session. DuckDB need not keep the order of the file's rows.
 */
final class DuckDb implements Contestant, AutoCloseable {
  /** Ways to merge the rows of an image. The fastest one is compared. */
  enum Formulation {
    /** Bitwise or of twelve and six bits: value 1, value 0, blank, with one bit for each class. */
    BITS,
    /** BITS with ids cut at fixed places, which is valid only for RSNA's file. */
    BITS_FIXED_WIDTH,
    /** One conditional aggregate for each class and check. */
    FILTERS
  }

  private static final int SIX = Subtype.ALL.size();

  private final Connection connection;
  private final Formulation formulation;

  DuckDb(Formulation formulation) throws SQLException {
    this.formulation = formulation;
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = 2");
    execute("SET preserve_insertion_order = false");
  }

  @Override
  public String name() {
    return "DuckDB " + formulation.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Prepared prepare(Path labels, Path folder) {
    return () -> reshape(labels, folder);
  }

  private Outcome reshape(Path labels, Path folder) throws SQLException {
    Path parquet = folder.resolve("labels.parquet");
    execute("CREATE OR REPLACE TEMP TABLE pivoted AS " + pivot(labels));
    long duplicates = check();
    execute(
        "COPY (SELECT image_id, %s FROM pivoted WHERE kept ORDER BY image_id) TO '%s'"
                .formatted(columns("%s"), parquet)
            + " (FORMAT parquet, COMPRESSION zstd)");
    return () -> count(parquet, duplicates);
  }

  private String pivot(Path labels) {
    String csv =
        "read_csv('%s', header = true, auto_detect = false, delim = ',', quote = '\"',"
                .formatted(labels)
            + " columns = {'ID': 'VARCHAR', 'Label': 'VARCHAR'})";
    boolean fixed = formulation == Formulation.BITS_FIXED_WIDTH;
    String split =
        fixed
            ? "SELECT ID[:12] AS image_id, ID[14:] AS subtype, Label FROM " + csv
            : "SELECT 'ID_' || split_part(ID, '_', 2) AS image_id,"
                + " split_part(ID, '_', 3) AS subtype, Label FROM "
                + csv;
    return formulation == Formulation.FILTERS ? filters(split) : bits(split);
  }

  private static String bits(String split) {
    String bit =
        Subtype.ALL.stream()
            .map(s -> "WHEN '%s' THEN %d".formatted(s.column(), s.bit()))
            .collect(Collectors.joining(" ", "CASE subtype ", " ELSE 0 END"));
    return """
        WITH split AS (%s),
        coded AS (SELECT image_id, %s AS bit,
          CASE WHEN Label = '1' THEN 1 WHEN Label = '0' THEN 64 WHEN Label IS NULL THEN 4096
            ELSE 0 END AS place FROM split),
        gathered AS (SELECT image_id, count(*) AS row_count, bit_or(bit * place) AS bits,
          count(*) FILTER (bit * place = 0) AS malformed FROM coded GROUP BY image_id),
        checked AS (SELECT image_id, row_count, bits, malformed, bits & 63 AS ones,
          (bits >> 6) & 63 AS zeros, bits >> 12 AS blanks FROM gathered)
        SELECT image_id, %s, malformed, blanks <> 0 AS blank, (ones & zeros) <> 0 AS conflicting,
          ones | zeros | blanks <> 63 AS incomplete, ((ones & 31) <> 0) <> ((ones & 32) <> 0) AS mismatch,
          row_count - malformed - bit_count(bits) AS duplicates,
          NOT (blank OR conflicting OR incomplete OR mismatch) AS kept FROM checked
        """
        .formatted(
            split,
            bit,
            Subtype.ALL.stream()
                .map(s -> "(ones >> %d) & 1 AS %s".formatted(s.ordinal(), quoted(s)))
                .collect(Collectors.joining(", ")));
  }

  private static String filters(String split) {
    String each =
        Subtype.ALL.stream()
            .map(s -> "max(v) FILTER (subtype = '%s') AS %s".formatted(s.column(), quoted(s)))
            .collect(Collectors.joining(", "));
    String distinct =
        Subtype.ALL.stream()
            .map(
                s ->
                    ("coalesce(max(v) FILTER (subtype = '%1$s') - min(v) FILTER (subtype = '%1$s')"
                            + " + 1, 0)")
                        .formatted(s.column()))
            .collect(Collectors.joining(" + "));
    String or = String.join(", ", Subtype.FIVE.stream().map(Subtype::column).toList());
    return """
        WITH split AS (%s),
        coded AS (SELECT image_id, subtype, CASE Label WHEN '1' THEN 1 WHEN '0' THEN 0 END AS v,
          Label IS NULL AS is_blank FROM split),
        gathered AS (SELECT image_id, count(*) AS row_count, count(*) FILTER (is_blank) AS blanks,
          count(*) FILTER (v IS NULL AND NOT is_blank) AS malformed, %s, %s AS values_seen
          FROM coded GROUP BY image_id)
        SELECT image_id, %s, malformed, blanks <> 0 AS blank,
          values_seen > 6 AS conflicting, values_seen < 6 AS incomplete,
          greatest(%s) <> "any" AS mismatch,
          row_count - malformed - blanks - values_seen AS duplicates,
          NOT (blank OR conflicting OR incomplete OR mismatch) AS kept FROM gathered
        """
        .formatted(split, each, distinct, columns("%s"), or);
  }

  private long check() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT sum(duplicates), sum(malformed), count(*) FILTER (conflicting),"
                    + " count(*) FILTER (incomplete), count(*) FILTER (blank),"
                    + " count(*) FILTER (mismatch) FROM pivoted")) {
      found.next();
      return found.getLong(1);
    }
  }

  private Counted count(Path parquet, long duplicates) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), %s FROM '%s'"
                    .formatted(columns("coalesce(sum(%s), 0)::BIGINT"), parquet))) {
      row.next();
      long[] positives = new long[SIX];
      for (int s = 0; s < SIX; s++) {
        positives[s] = row.getLong(2 + s);
      }
      return new Counted(row.getLong(1), positives, duplicates);
    }
  }

  private static String columns(String pattern) {
    return Subtype.ALL.stream()
        .map(s -> pattern.formatted(quoted(s)))
        .collect(Collectors.joining(", "));
  }

  /** Quotes {@code any}, which is an SQL keyword. */
  private static String quoted(Subtype subtype) {
    return '"' + subtype.column() + '"';
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
