package org.headct.ich.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.testing.Bench;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlJobIT {
  private static final String ALL_KINDS =
      "SELECT image_id, any, 1.5D d, CAST(NULL AS INT) n, '' e, 'a,\"b\"\n' q, unhex('0102') b,"
          + " array(1, 2) a, TIMESTAMP '2026-01-02 03:04:05' t, 7 any"
          + " FROM labels WHERE image_id = 'ID_b'";

  private Path folder = Path.of("");
  private Bench bench;

  @BeforeAll
  void fill(@TempDir Path temporary) {
    folder = temporary;
    bench = new Bench(folder);
    // Bits in the order of the columns: epidural is 1, any is 32.
    bench.fill(
        new LabelsTable(),
        List.of(
            new ImageLabels("ID_a", 0), new ImageLabels("ID_b", 33), new ImageLabels("ID_c", 0)));
  }

  @Test
  void aTableIsAlignedAndCounted() {
    assertThat(sql("-e", "SELECT any, count(*) AS images FROM ich.labels GROUP BY any ORDER BY 1"))
        .isEqualTo(
            """
            any | images
            ----+-------
              0 |      2
              1 |      1
            (2 rows)
            """);
    assertThat(sql("-e", ALL_KINDS))
        .isEqualTo(
            """
            image_id | any |   d |    n | e | q       | b       | a      | t                   | any
            ---------+-----+-----+------+---+---------+---------+--------+---------------------+----
            ID_b     |   1 | 1.5 | NULL |   | a,"b"\\n | 2 bytes | [1, 2] | 2026-01-02 03:04:05 |   7
            (1 row)
            """);
  }

  @Test
  void aTableEndsAtAThousandRowsAndSaysSo() {
    String table = sql("-e", "SELECT id FROM range(0, 1001, 1, 4)");
    assertThat(table.lines()).hasSize(1003);
    assertThat(table).endsWith("\n(the first 1,000 rows; --format csv or json writes all)\n");
    assertThat(sql("-e", "SELECT id FROM range(0, 1000, 1, 4)")).endsWith("\n(1,000 rows)\n");
  }

  @Test
  void csvIsRfc4180() {
    assertThat(sql("--format", "csv", "-e", ALL_KINDS))
        .isEqualTo(
            "image_id,any,d,n,e,q,b,a,t,any\r\n"
                + "ID_b,1,1.5,,\"\",\"a,\"\"b\"\"\n\",AQI=,\"[1, 2]\",2026-01-02 03:04:05,7\r\n");
    assertThat(sql("--format", "csv", "-e", "SELECT image_id FROM labels WHERE any > 1"))
        .isEqualTo("image_id\r\n");
  }

  @Test
  void jsonIsAnObjectALineWithItsNulls() {
    assertThat(sql("--format", "json", "-e", ALL_KINDS))
        .isEqualTo(
            "{\"image_id\":\"ID_b\",\"any\":1,\"d\":1.5,\"n\":null,\"e\":\"\",\"q\":\"a,\\\"b\\\"\\n\","
                + "\"b\":\"AQI=\",\"a\":[1,2],\"t\":\"2026-01-02T03:04:05.000Z\",\"any\":7}\n");
  }

  @Test
  void csvAndJsonHaveEveryRowOfEveryPartitionInOrder() {
    String query =
        "SELECT id, '" + "x".repeat(100) + "' AS x FROM range(0, 5000, 1, 4) ORDER BY id";
    assertThat(sql("--format", "csv", "-e", query).lines().skip(1).map(l -> l.split(",")[0]))
        .hasSize(5000)
        .startsWith("0", "1")
        .endsWith("4998", "4999");
    assertThat(sql("--format", "json", "-e", query).lines()).hasSize(5000);
  }

  @Test
  void longBytesStandOnOneLine() {
    String csv = sql("--format", "csv", "-e", "SELECT CAST(repeat('a', 200) AS BINARY) AS b");
    assertThat(csv).hasLineCount(2).contains("YWFh".repeat(50));
  }

  @Test
  void aFileOfStatementsRunsInTurn() throws Exception {
    Path file = folder.resolve("two.sql");
    Files.writeString(file, "-- two; of them\nSELECT 1 AS a;\nSELECT ';' AS b;\n");
    assertThat(sql("--format", "csv", "-f", file.toString())).isEqualTo("a\r\n1\r\nb\r\n;\r\n");
    assertThat(sql("-e", "SHOW TABLES")).contains("labels");
  }

  @Test
  void aWrongQueryIsOneLineWithItsPlace() throws Exception {
    assertThatThrownBy(() -> sql("-e", "SELECT nope FROM ich.labels"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("`nope`")
        .hasMessageEndingWith(" (line 1, position 7)")
        .message()
        .doesNotContain("\n");
    Path file = folder.resolve("wrong.sql");
    Files.writeString(file, "SELECT 1;\n\nSELECT *\nFORM labels x;\n");
    assertThatThrownBy(() -> sql("-f", file.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":3: [PARSE_SYNTAX_ERROR]")
        .hasMessageEndingWith(" (line 2, position 5)");
    assertThat(bench.output()).as("nothing ran").isEmpty();
    assertThatThrownBy(() -> sql("-e", "SELECT element_at(array(any), 0) FROM labels"))
        .as("seen only when it runs")
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("[INVALID_INDEX_OF_ZERO]");
  }

  @Test
  void aMissingTableNamesTheCommandThatFillsIt() {
    for (String name : List.of("ich.tensors", "tensors", "ich.TENSORS")) {
      assertThatThrownBy(() -> sql("-e", "SELECT * FROM " + name))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("table ich.tensors is not there")
          .hasMessageEndingWith("run build-tensors first");
    }
    assertThatThrownBy(() -> sql("-e", "SELECT * FROM somewhere.labels"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("somewhere");
  }

  @Test
  void aMissingOrEmptyFileIsAMistake() throws Exception {
    assertThatThrownBy(() -> sql("-f", folder.resolve("none.sql").toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.sql");
    Path empty = Files.writeString(folder.resolve("empty.sql"), "-- nothing;\n");
    assertThatThrownBy(() -> sql("-f", empty.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no statement");
  }

  @Test
  void standardInputGoesOnAfterAWrongStatement() {
    BufferedReader input =
        new BufferedReader(new StringReader("SELECT nope;\nSELECT any FROM\nlabels WHERE any = 1"));
    SqlJob job = new SqlJob(names -> new LineReader.Piped(input));
    assertThatThrownBy(() -> bench.run(job, "--format", "csv"))
        .isInstanceOf(UserException.class)
        .hasMessage("standard input: 1 wrong statement, explained above");
    assertThat(bench.output()).isEqualTo("any\r\n1\r\n");
  }

  private String sql(String... options) {
    bench.run(new SqlJob(), options);
    return bench.output();
  }
}
