package org.headct.ich.jobs.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.Warehouse;

/**
 * The questions that people ask the tables. Each is an SQL file, which {@code ich sql -f} runs too,
 * and a view of the same name ({@link Views}). Most are on the page of {@code explore}.
 */
public enum Question {
  PREVALENCE,
  CO_OCCURRENCE,
  DUMP,
  SERIES_LENGTHS,
  POSITIVES_BY_POSITION,
  GEOMETRY,
  LABEL_REASONS,
  SLICE_REASONS,
  /** Findings by reason. Not on a page, because it names folders and archives. */
  FINDINGS,
  SCANNERS,
  SPLITS,
  LEAKAGE,
  CONTACT_SHEET,
  /**
   * Snapshots of all tables. The file asks one table; the query repeats it for each existing table.
   */
  SNAPSHOTS;

  private static final Pattern TABLE = Pattern.compile("\\b" + Warehouse.CATALOG + "\\.(\\w+)");

  /** The name of the view. */
  public String view() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the query of the file, with the tables of the configured namespace.
   *
   * @param there the tables that exist
   */
  public String sql(WarehouseConfig places, List<TableDefinition<?>> there) {
    return inNamespace(this == SNAPSHOTS ? ofEach(there) : text(), places);
  }

  /** The question in words, and the meaning of its columns. */
  public SqlHeader header() {
    return SqlHeader.of(text());
  }

  /** Returns the tables that the query reads, in the order in which the jobs fill them. */
  public List<TableDefinition<?>> tables() {
    if (this == SNAPSHOTS) {
      return Tables.ALL;
    }
    Set<String> names =
        TABLE.matcher(text()).results().map(match -> match.group(1)).collect(Collectors.toSet());
    return Tables.ALL.stream().filter(table -> names.contains(table.name())).toList();
  }

  /** Returns the missing tables that the query needs; empty if it can run. */
  public List<TableDefinition<?>> missing(List<TableDefinition<?>> there) {
    List<TableDefinition<?>> missing =
        tables().stream().filter(table -> !there.contains(table)).toList();
    return this == SNAPSHOTS && !there.isEmpty() ? List.of() : missing;
  }

  private String ofEach(List<TableDefinition<?>> there) {
    SqlHeader header = header();
    List<String> queries =
        there.stream()
            .map(
                table ->
                    header
                        .query()
                        .replace("'labels'", "'" + table.name() + "'")
                        .replace(".labels.", "." + table.name() + "."))
            .toList();
    return header.comment()
        + String.join("\nUNION ALL\n", queries)
        + "\nORDER BY committed_at DESC, table_name";
  }

  private static String inNamespace(String sql, WarehouseConfig places) {
    return places.namespace().isEmpty()
        ? sql
        : TABLE.matcher(sql).replaceAll(Warehouse.CATALOG + "." + places.namespace() + ".$1");
  }

  private String file() {
    return "/sql/" + view().replace('_', '-') + ".sql";
  }

  private String text() {
    try (InputStream in = Question.class.getResourceAsStream(file())) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(), e);
    }
  }
}
