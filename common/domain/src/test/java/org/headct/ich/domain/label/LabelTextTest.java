package org.headct.ich.domain.label;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.label.LabelText.Layout;
import org.headct.ich.domain.label.LabelText.Top;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTextTest {
  private static LabelText open(String text, Charset charset) throws IOException {
    return LabelText.open(new ByteArrayInputStream(text.getBytes(charset)));
  }

  private static Top top(String text) throws IOException {
    try (LabelText opened = open(text, UTF_8)) {
      return opened.top();
    }
  }

  /** Returns the rows of a long file: line, image, class and value. */
  private static List<String> rows(LabelText text) throws IOException {
    List<String> rows = new ArrayList<>();
    LabelHeader.LongForm header =
        (LabelHeader.LongForm) LabelHeader.parse(text.top(), "a.csv", Optional.empty());
    LongLabels.Sink sink =
        new LongLabels.Sink() {
          @Override
          public void row(LabelLine.Accepted row, long line) {
            rows.add(
                "%d %s %s %s"
                    .formatted(
                        line, row.imageId(), row.subtype().column(), row.annotation().shown()));
          }

          @Override
          public void rejected(LabelLine.Rejected rejected, long line) {
            rows.add("%d %s %s".formatted(line, rejected.reason(), rejected.shown()));
          }
        };
    assertThat(LongLabels.read(text, header, LabelTexts.plainIds(), sink)).isEqualTo(rows.size());
    return rows;
  }

  private static List<String> rows(String text) throws IOException {
    return rows(open(text, UTF_8));
  }

  @Test
  void thePlainestLayout() throws IOException {
    Top plain = new Top("ID,Label", 1, ',', Layout.PLAIN);
    assertThat(top("ID,Label\nx")).isEqualTo(plain);
    assertThat(top("ID,Label\r\nx")).isEqualTo(plain);
    assertThat(top("\uFEFFID,Label\n")).isEqualTo(plain);
    assertThat(top("ID,Label")).isEqualTo(plain);
    assertThat(top("").header()).isEmpty();
    assertThat(top("\n\n").header()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sep=,\\nID,Label\\n|2|,",
        "sep=;\\r\\nID,Label\\r\\n|2|;",
        "SEP=\\t\\nID,Label\\n|2|T",
        "\"sep=,\"\\nID,Label|2|,",
        "# made by x\\n#\\nID,Label\\n|3|,",
        "\\n \\n# x\\nsep=;\\n\\n#y\\nID,Label|7|;",
        "ID,Label\\rx|1|,"
      })
  void otherLayouts(String text, long line, String separator) throws IOException {
    String written = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    for (String mark : List.of("", "\uFEFF")) {
      assertThat(top(mark + written))
          .isEqualTo(
              new Top(
                  "ID,Label",
                  line,
                  separator.equals("T") ? '\t' : separator.charAt(0),
                  Layout.OTHER));
    }
  }

  @Test
  void aLongFileInManyLayoutsIsTheSame() throws IOException {
    String[] expected = {"ID_a any 1", "ID_b epidural 0"};
    for (String text :
        List.of(
            "ID,Label\nID_a_any,1\nID_b_epidural,0",
            "ID,Label\rID_a_any,1\rID_b_epidural,0\r",
            ",ID,Label\n0,ID_a_any,1\n1,ID_b_epidural,0\n",
            "ID,Label,fold\nID_a_any,1,3\nID_b_epidural,0,\"x, \ny\"\n",
            "Label,fold,ID\n1.00,3,ID_a.dcm_any\nFalse,,C:\\x\\ID_b_epidural\n",
            "sep=,\nID,Label\nID_a_any,1\n# ID_c_any,1\nID_b_epidural,0\n",
            "sep=;\nID;Label\nID_a_any;1,0\n\nID_b_epidural;0\n",
            "sep=\t\nID\tLabel\nID_a_any\t1\n\" ID_b_epidural\" \t0\n",
            "# a\n\nID,Label\nID_a_any,1.0e+00\n  # b\nID_b_epidural,0\n")) {
      assertThat(rows(text))
          .as(text)
          .map(r -> r.substring(r.indexOf(' ') + 1))
          .containsExactly(expected);
      for (Charset wide : List.of(UTF_16LE, UTF_16BE)) {
        for (String mark : List.of("", "\uFEFF")) {
          assertThat(rows(open(mark + text, wide)))
              .as("%s %s", wide, text)
              .map(r -> r.substring(r.indexOf(' ') + 1))
              .containsExactly(expected);
        }
      }
    }
  }

  @Test
  void linesAreThoseOfTheFile() throws IOException {
    assertThat(
            rows(
                "# a\nsep=;\n\nID;Label;x\nID_a_any;1;\n# b\nID_a;1\nID_b_any;2;\"\n\"\nID_c_any;;\n"))
        .containsExactly(
            "5 ID_a any 1",
            "7 MALFORMED_ROW 2 fields instead of 3",
            "8 BAD_VALUE 2",
            "10 ID_c any blank");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID,Label",
        "ID,Label\n",
        "ID,Label\r\n\r\n",
        "ID,Label\r",
        "# x\nID,Label\n # y\n \n"
      })
  void aHeaderAlone(String text) throws IOException {
    assertThat(open(text, UTF_8).hasRow()).isFalse();
    assertThat(open(text + "\nx", UTF_8).hasRow()).isTrue();
  }

  @Test
  void otherBytesAreLeftToTheHeader() throws IOException {
    assertThat(open("Sch\u00e4del,x\n", ISO_8859_1).top().header()).isEqualTo("Sch\uFFFDdel,x");
    assertThat(top("sep=a\nID,Label\n").header()).isEqualTo("sep=a");
    assertThat(open("PK\u0003\u0004", ISO_8859_1).top().header()).startsWith("PK");
  }

  /** A file without a line end is not read to its end for its header. */
  @Test
  void anEndlessLineIsCut() throws IOException {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    LabelText text = LabelText.open(endless);
    assertThat(text.top().header()).hasSize(1 << 16);
    assertThat(text.hasRow()).isTrue();
  }
}
