package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headct.ich.domain.label.WideLabelsTest.HEADER;
import static org.headct.ich.domain.label.WideLabelsTest.read;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows that are too long, never end, or are noise. */
class WideLabelsHostileTest {
  private static final String LONG = "x".repeat(CsvRecords.MAX_CHARACTERS);

  @Test
  void recordsAreBounded() throws IOException {
    String good = "\nID_1,0,0,0,0,0,0\n";
    String bad = "2 MALFORMED_ROW quotes or length of the row";
    assertThat(read(LONG + "x" + good)).containsExactly(bad, "3 ID_1 000000");
    assertThat(read("\"" + LONG + "\"" + good)).containsExactly(bad, "3 ID_1 000000");
    assertThat(read("\"" + "\n".repeat(CsvRecords.MAX_CHARACTERS) + "\",0,0,0,0,0,0" + good))
        .as("the opening line and the closing one are lost")
        .containsExactly(
            bad,
            (CsvRecords.MAX_CHARACTERS + 2) + " MALFORMED_ROW quotes or length of the row",
            (CsvRecords.MAX_CHARACTERS + 3) + " ID_1 000000");
    String header = HEADER + ",note";
    String longest = "ID_1,0,0,0,0,0,0,\"" + LONG.substring(19) + "\"";
    assertThat(longest).hasSize(CsvRecords.MAX_CHARACTERS);
    assertThat(read(header, new StringReader(longest))).containsExactly("2 ID_1 000000");
    assertThat(read(header, new StringReader(longest.replace("\"", "\"\"\"")))).hasSize(1);
  }

  /** A text that is never in memory: 100 million characters, one open quote, and no line end. */
  @Test
  void anEndlessLineNeedsNoMemory() throws IOException {
    assertThat(read(HEADER, new Endless("\"", "xyz, ", 20_000_000)))
        .containsExactly("2 MALFORMED_ROW quotes or length of the row");
  }

  @Test
  void anEndlessFieldCostsItsFirstLine() throws IOException {
    List<String> calls = read(HEADER, new Endless("\"open\n", "ID_1,0,0,0,0,0,0\n", 50_000));
    assertThat(calls).hasSize(50_001).endsWith("50002 ID_1 000000");
    assertThat(calls.subList(1, calls.size())).allMatch(c -> c.endsWith(" ID_1 000000"));
  }

  private static final class Endless extends Reader {
    private final String part;
    private long parts;
    private String rest;

    Endless(String start, String part, long parts) {
      this.rest = start;
      this.part = part;
      this.parts = parts;
    }

    @Override
    public int read(char[] target, int from, int length) {
      if (rest.isEmpty() && parts > 0) {
        parts--;
        rest = part;
      }
      int n = Math.min(length, rest.length());
      rest.getChars(0, n, target, from);
      rest = rest.substring(n);
      return n == 0 ? -1 : n;
    }

    @Override
    public void close() {}
  }

  @Test
  void aFailingReaderIsNoFinding() {
    Reader failing =
        new Reader() {
          @Override
          public int read(char[] target, int from, int length) throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> read(HEADER, failing))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  /** Every line that is not blank belongs to the row that starts there or before it. */
  @Test
  void noiseNeverThrowsNorLoops() throws IOException {
    Random random = new Random(17);
    String alphabet = "ID_1,,,,,,0010\"\"\n\n\r \u0000\uFEFFä";
    TreeMap<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < 4; row++) {
        text.append("ID_1,0,0,0,0,0,0\n");
      }
      for (int edits = random.nextInt(12); edits >= 0; edits--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        text.insert(random.nextInt(text.length() + 1), c);
      }
      List<String> calls = read(text.toString());
      assertThat(calls).hasSizeBetween(1, 17);
      calls.forEach(c -> seen.merge(c.split(" ")[1], 1, Integer::sum));
      assertThat(calls)
          .extracting(c -> Long.valueOf(c.split(" ")[0]))
          .isSorted()
          .doesNotHaveDuplicates();
    }
    assertThat(seen).containsKeys("ID_1", "MALFORMED_ROW", "BAD_VALUE");
  }
}
