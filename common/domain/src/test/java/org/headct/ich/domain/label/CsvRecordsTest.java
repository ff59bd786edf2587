package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
  /** Commons-csv splits a record into the same fields as {@code plain}, where that splits it. */
  @Test
  void bothWaysToSplitAgree() {
    Random random = new Random(29);
    String alphabet = "ab,,,\"\"\" \t\n";
    int plain = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String record = text.toString();
      boolean whole = record.chars().filter(c -> c == '"').count() % 2 == 0;
      boolean linesInQuotesOnly = record.indexOf('\n') < 0 || record.indexOf('"') >= 0;
      List<String> fields = CsvRecords.plain(record, ',');
      if (whole
          && linesInQuotesOnly
          && fields != null
          && !record.isBlank()
          && breaksInside(record)) {
        assertThat(CsvRecords.parsed(record, ',')).as(record).isEqualTo(fields);
        plain++;
      }
    }
    assertThat(plain).isGreaterThan(5_000);
  }

  /** Returns whether every line break stands between quotes, like in records that are joined. */
  private static boolean breaksInside(String record) {
    boolean quoted = false;
    for (char c : record.toCharArray()) {
      quoted ^= c == '"';
      if (c == '\n' && !quoted) {
        return false;
      }
    }
    return true;
  }

  private static List<String> fields(String record) {
    return CsvRecords.fields(record, ',');
  }

  @Test
  void fieldsByHand() {
    assertThat(fields("a,b")).containsExactly("a", "b");
    assertThat(fields(",")).containsExactly("", "");
    assertThat(fields(" \"a, b\" ,\" c\"")).containsExactly("a, b", "c");
    assertThat(fields("\"a \"\"b\"\"\",c")).containsExactly("a \"b\"", "c");
    assertThat(fields("\"a\nb\",c")).containsExactly("a\nb", "c");
    assertThat(fields("\"a\"b,c")).isEmpty();
    assertThat(fields("\"a,c")).isEmpty();
  }

  @Test
  void otherSeparators() {
    assertThat(CsvRecords.fields("a; \"b;c\" ;1,0", ';')).containsExactly("a", "b;c", "1,0");
    assertThat(CsvRecords.fields("\"a \"\"b\"\"\";c", ';')).containsExactly("a \"b\"", "c");
    assertThat(CsvRecords.fields("a\t\t\"b\tc\"\t", '\t')).containsExactly("a", "", "b\tc", "");
    assertThat(CsvRecords.fields("\"a\"\"\"\tb", '\t')).containsExactly("a\"", "b");
  }
}
