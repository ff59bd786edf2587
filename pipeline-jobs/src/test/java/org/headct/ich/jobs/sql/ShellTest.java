package org.headct.ich.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShellTest {
  private final List<String> prompts = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<String> run = new ArrayList<>();

  @Test
  void readsUntilTheSemicolon() {
    long rows = typed("SELECT 1", "", "+ 1; SELECT 'a", "b';", "-- bye", "exit", "SELECT 3;");
    assertThat(run).containsExactly("SELECT 1\n\n+ 1", "SELECT 'a\nb'");
    assertThat(prompts).containsExactly("ich> ", "  -> ", "  -> ", "  -> ", "ich> ", "ich> ");
    assertThat(rows).isEqualTo(20);
  }

  @Test
  void theEndOfInputEndsTheLastStatement() {
    typed("SELECT 1; SELECT 2");
    assertThat(run).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void aCancelledStatementIsDropped() {
    assertThat(typed("SELECT 1 +", LineReader.CANCEL, "SELECT 2;")).isEqualTo(10);
    assertThat(run).containsExactly("SELECT 2");
    assertThat(prompts).containsExactly("ich> ", "  -> ", "ich> ", "ich> ");
  }

  @Test
  void aWrongStatementIsToldAndTheShellGoesOn() {
    assertThat(typed("wrong;", "SELECT 1;")).isEqualTo(10);
    assertThat(said).containsExactly("wrong: no statement");
  }

  @Test
  void aPipeWithAWrongStatementEndsAsAMistake() {
    assertThatThrownBy(() -> shell(false, "wrong;", "SELECT 1;").run())
        .isInstanceOf(UserException.class)
        .hasMessage("standard input: 1 wrong statement, explained above");
    assertThat(run).containsExactly("SELECT 1");
  }

  private long typed(String... lines) {
    return shell(true, lines).run();
  }

  private Shell shell(boolean interactive, String... lines) {
    Deque<String> left = new ArrayDeque<>(List.of(lines));
    LineReader source =
        new LineReader() {
          @Override
          public @Nullable String next(String prompt) {
            prompts.add(prompt);
            return left.poll();
          }

          @Override
          public void say(String line) {
            said.add(line);
          }

          @Override
          public boolean interactive() {
            return interactive;
          }
        };
    return new Shell(source, this::execute);
  }

  private long execute(String statement) {
    if (statement.startsWith("wrong")) {
      throw new UserException("wrong: no statement");
    }
    run.add(statement);
    return 10;
  }
}
