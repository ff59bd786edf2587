package org.headct.ich.jobs.sql;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The formats of a query's rows. */
enum ResultFormat {
  /** Aligned columns for people. At most {@link TextTable#MOST_ROWS} rows. */
  TABLE {
    @Override
    long write(Dataset<Row> result, PrintWriter out) {
      UnaryOperator<Column> size =
          bytes -> functions.concat(functions.length(bytes), functions.lit(" bytes"));
      List<List<@Nullable String>> rows = new ArrayList<>();
      for (Row row : texts(result, size).takeAsList(TextTable.MOST_ROWS + 1)) {
        rows.add(fields(row));
      }
      return TextTable.write(result.schema(), rows, out);
    }
  },

  /**
   * RFC 4180 with a header, UTF-8. A null is an empty field, an empty text is {@code ""}, bytes are
   * Base64.
   */
  CSV {
    @Override
    long write(Dataset<Row> result, PrintWriter out) {
      List<@Nullable String> header = new ArrayList<>(List.of(result.columns()));
      out.print(csv(header));
      // Spark's Base64 breaks lines as MIME does.
      UnaryOperator<Column> base64 =
          bytes -> functions.translate(functions.base64(bytes), "\r\n", "");
      Iterator<Row> rows = texts(result, base64).toLocalIterator();
      return stream(rows, row -> csv(fields(row)), out);
    }
  },

  /** One JSON object a line, nulls included. Bytes are Base64. */
  JSON {
    @Override
    long write(Dataset<Row> result, PrintWriter out) {
      String[] places = places(result);
      Column[] named = new Column[places.length];
      for (int i = 0; i < places.length; i++) {
        named[i] = functions.col(places[i]).as(result.columns()[i]);
      }
      Column object =
          functions.to_json(functions.struct(named), Map.of("ignoreNullFields", "false"));
      Iterator<Row> rows = result.toDF(places).select(object).toLocalIterator();
      return stream(rows, row -> row.getString(0) + "\n", out);
    }
  };

  /** The number of rows between two checks that the reader of the output still exists. */
  private static final int ROWS_PER_CHECK = 1000;

  /** Writes all rows and returns their number. */
  abstract long write(Dataset<Row> result, PrintWriter out);

  private static long stream(Iterator<Row> rows, Function<Row, String> line, PrintWriter out) {
    long written = 0;
    while (rows.hasNext()) {
      out.print(line.apply(rows.next()));
      written++;
      if (written % ROWS_PER_CHECK == 0 && out.checkError()) {
        break;
      }
    }
    out.flush();
    return written;
  }

  /** Returns a unique name for each column, because the columns' own names may repeat. */
  private static String[] places(Dataset<Row> result) {
    return IntStream.range(0, result.columns().length)
        .mapToObj(i -> "c" + i)
        .toArray(String[]::new);
  }

  /** Converts every column to text. */
  private static Dataset<Row> texts(Dataset<Row> result, UnaryOperator<Column> bytes) {
    StructField[] fields = result.schema().fields();
    String[] places = places(result);
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Column column = functions.col(places[i]);
      columns[i] =
          fields[i].dataType().equals(DataTypes.BinaryType)
              ? bytes.apply(column)
              : column.cast(DataTypes.StringType);
    }
    return result.toDF(places).select(columns);
  }

  private static List<@Nullable String> fields(Row row) {
    List<@Nullable String> fields = new ArrayList<>(row.length());
    for (int i = 0; i < row.length(); i++) {
      fields.add(row.isNullAt(i) ? null : row.getString(i));
    }
    return fields;
  }

  private static String csv(List<@Nullable String> fields) {
    return fields.stream().map(ResultFormat::csvField).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String csvField(@Nullable String field) {
    if (field == null) {
      return "";
    }
    return field.isEmpty() ? "\"\"" : StringEscapeUtils.escapeCsv(field);
  }

  /** A converter for the name as people type it. */
  static final class Converter implements ITypeConverter<ResultFormat> {
    @Override
    public ResultFormat convert(String name) {
      for (ResultFormat format : values()) {
        if (format.toString().equals(name)) {
          return format;
        }
      }
      throw new TypeConversionException("must be one of table, csv, json, got '" + name + "'");
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
