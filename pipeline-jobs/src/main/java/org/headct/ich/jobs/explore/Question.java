package org.headct.ich.jobs.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.headct.ich.common.config.WarehouseConfig;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.Warehouse;

/** What the page asks the tables; each is a file of SQL that {@code ich sql -f} runs as well. */
enum Question {
  LABELS("labels"),
  CO_OCCURRENCE("co-occurrence"),
  DUMP("dump"),
  SERIES_LENGTHS("series-lengths"),
  POSITIONS("positions"),
  LABEL_FINDINGS("label-findings"),
  SLICE_FINDINGS("slice-findings"),
  PIXEL_DESCRIPTIONS("pixel-descriptions"),
  SPLITS("splits"),
  CONTACT_SHEET("contact-sheet");

  private static final Pattern TABLE = Pattern.compile("\\b" + Warehouse.CATALOG + "\\.(\\w+)");

  private final String file;

  Question(String file) {
    this.file = file;
  }

  /** The query as the file has it, with the tables of the configured namespace. */
  String sql(WarehouseConfig places) {
    String text = text();
    return places.namespace().isEmpty()
        ? text
        : TABLE.matcher(text).replaceAll(Warehouse.CATALOG + "." + places.namespace() + ".$1");
  }

  /** The tables that the query reads. */
  List<TableDefinition<?>> tables() {
    return TABLE
        .matcher(text())
        .results()
        .map(match -> match.group(1))
        .distinct()
        .<TableDefinition<?>>map(
            name ->
                Tables.named(name)
                    .orElseThrow(
                        () -> new IllegalStateException(file + ".sql reads no table " + name)))
        .toList();
  }

  private String text() {
    String path = "/sql/" + file + ".sql";
    try (InputStream in = Question.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
