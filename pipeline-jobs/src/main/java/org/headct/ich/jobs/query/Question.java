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
 * What people ask the tables; each is a file of SQL that {@code ich sql -f} runs as well, and a
 * view of the same name ({@link Views}). Most stand on the page of {@code explore}.
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
  /** Names folders and archives, so it is on no page. */
  FINDINGS,
  SCANNERS,
  SPLITS,
  LEAKAGE,
  CONTACT_SHEET,
  /** Its file asks one table; it is asked of each that is there. */
  SNAPSHOTS;

  private static final Pattern TABLE = Pattern.compile("\\b" + Warehouse.CATALOG + "\\.(\\w+)");

  /** Name of the view. */
  public String view() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The query as the file has it, with the tables of the configured namespace.
   *
   * @param there the tables that are there
   */
  public String sql(WarehouseConfig places, List<TableDefinition<?>> there) {
    return inNamespace(this == SNAPSHOTS ? ofEach(there) : text(), places);
  }

  /** What it asks, in words, and what its columns are. */
  SqlHeader header() {
    return SqlHeader.of(text());
  }

  /** The tables that the query reads, in the order of the data's way. */
  public List<TableDefinition<?>> tables() {
    if (this == SNAPSHOTS) {
      return Tables.ALL;
    }
    Set<String> names =
        TABLE.matcher(text()).results().map(match -> match.group(1)).collect(Collectors.toSet());
    return Tables.ALL.stream().filter(table -> names.contains(table.name())).toList();
  }

  /** Those of its tables without which it cannot be asked; empty when it can be. */
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
