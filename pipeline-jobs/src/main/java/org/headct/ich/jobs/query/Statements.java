package org.headct.ich.jobs.query;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/**
 * A text split into statements at {@code ;}. Spark's own lexer reads it, so that semicolons in
 * strings, quoted names and comments do not split.
 *
 * @param complete the statements that end with a semicolon
 * @param rest the text after the last semicolon; empty if it is only comments
 * @param open the unfinished end of the text, which more lines may continue; empty if nothing is
 *     unfinished
 */
public record Statements(List<Statement> complete, Statement rest, String open) {

  /**
   * One statement.
   *
   * @param text the statement from its first word, without the semicolon
   * @param line line of the first word in the whole text, from 1
   */
  public record Statement(String text, int line) {}

  public static Statements of(String text) {
    SqlBaseLexer lexer = lexer(text);
    List<Statement> complete = new ArrayList<>();
    Token first = null;
    int afterLast = 0;
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      if (opensQuote(token)) {
        first = first == null ? token : first;
        break;
      }
      if (token.getType() != SqlBaseLexer.SEMICOLON) {
        first = first == null ? token : first;
        continue;
      }
      if (first != null) {
        complete.add(statement(text, first, token.getStartIndex()));
        first = null;
      }
      afterLast = token.getStopIndex() + 1;
    }
    if (first == null && !lexer.has_unclosed_bracketed_comment) {
      return new Statements(List.copyOf(complete), new Statement("", 1), "");
    }
    int end = text.codePointCount(0, text.length());
    return new Statements(
        List.copyOf(complete),
        first == null ? new Statement("", 1) : statement(text, first, end),
        text.substring(text.offsetByCodePoints(0, afterLast)));
  }

  /** Returns all statements. The last one needs no semicolon. */
  public List<Statement> all() {
    List<Statement> all = new ArrayList<>(complete);
    if (!rest.text().isEmpty()) {
      all.add(rest);
    }
    return all;
  }

  /** Returns the words of a statement, such as keywords and names without their quotes. */
  static List<String> words(String text) {
    SqlBaseLexer lexer = lexer(text);
    List<String> words = new ArrayList<>();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      words.add(token.getText().replace("`", ""));
    }
    return words;
  }

  private static SqlBaseLexer lexer(String text) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)));
    lexer.removeErrorListeners();
    return lexer;
  }

  /**
   * Returns whether a token opens a quote that the text does not close. The lexer does not
   * recognise such a token.
   */
  private static boolean opensQuote(Token token) {
    return token.getType() == SqlBaseLexer.UNRECOGNIZED && "'\"`".contains(token.getText());
  }

  /** Cuts a statement out of the text. The lexer counts in code points. */
  private static Statement statement(String text, Token first, int end) {
    int from = text.offsetByCodePoints(0, first.getStartIndex());
    int to = text.offsetByCodePoints(0, end);
    return new Statement(text.substring(from, to).strip(), first.getLine());
  }
}
