package org.headct.ich.jobs.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the keys of a person at a terminal. */
class TypedLinesTest {
  private static final String UP = "\u0010"; // Ctrl-P
  private static final String START_OF_LINE = "\u0001"; // Ctrl-A

  @TempDir Path folder;

  @Test
  void tabCompletesNames() throws IOException {
    assertThat(typed("select * from slice_f\t;\n"))
        .containsExactly("select * from slice_findings ;");
  }

  @Test
  void aLineCanBeEdited() throws IOException {
    assertThat(typed("1;" + START_OF_LINE + "select \n")).containsExactly("select 1;");
  }

  @Test
  void theHistoryOutlivesTheSession() throws IOException {
    typed("select 1 != 2;\n");
    assertThat(typed(UP + "\n")).containsExactly("select 1 != 2;");
  }

  private List<String> typed(String keys) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(keys.getBytes(UTF_8));
    List<String> lines = new ArrayList<>();
    try (TypedLines typed =
        new TypedLines(
            new ExternalTerminal("test", "xterm", in, new ByteArrayOutputStream(), UTF_8),
            List.of("slices", "slice_findings", "labels"),
            folder.resolve("history"))) {
      for (String line = typed.next("> "); line != null; line = typed.next("> ")) {
        lines.add(line);
      }
    }
    return lines;
  }
}
