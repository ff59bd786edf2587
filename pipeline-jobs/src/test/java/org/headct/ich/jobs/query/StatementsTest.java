package org.headct.ich.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.jobs.query.Statements.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
  @Test
  void cutsAtSemicolonsAndTellsTheLines() {
    assertThat(Statements.of("SELECT 1;\n\n  SELECT\n 2 ;SELECT 3").all())
        .containsExactly(
            new Statement("SELECT 1", 1),
            new Statement("SELECT\n 2", 3),
            new Statement("SELECT 3", 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT \"a;b\"",
        "SELECT 'it''s; so'",
        "SELECT 'a\\';b'",
        "SELECT `a;b`",
        "SELECT 1 -- one; not two\n + 1",
        "SELECT 1 /* one; not two */ + 1",
        "SELECT 1 /* a /* nested; */ comment; */ + 1",
        "SELECT r'a\\'",
        "SELECT '\uD83E\uDDE0;'"
      })
  void aSemicolonInAStringNameOrCommentCutsNothing(String statement) {
    assertThat(Statements.of(statement + ";SELECT 2").all())
        .extracting(Statement::text)
        .containsExactly(statement, "SELECT 2");
  }

  @Test
  void emptyStatementsAndCommentsAreNone() {
    assertThat(Statements.of(" ;; -- nothing;\n /* ; */ ;").all()).isEmpty();
    assertThat(Statements.of("-- nothing\n").open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 'a;\n", "SELECT `a;\n", "SELECT 1 /* a;\n", "/* a;\n", "SELECT\n"})
  void whatIsOpenGoesOn(String text) {
    Statements statements = Statements.of("SELECT 0;" + text);
    assertThat(statements.complete()).containsExactly(new Statement("SELECT 0", 1));
    assertThat(statements.open()).isEqualTo(text);
  }
}
