package org.headct.ich.jobs.audit;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.jobs.audit.ObjectAuditor.Result;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;

/**
 * The audited objects as rows, one an object, whose slices and findings are rows of their tables
 * already. Objects of a dump are many and small to us: as rows they are converted once, kept packed
 * and by column, and a question that needs ids alone reads and shuffles ids alone.
 */
public final class AuditedRows {
  public static final String OBJECT = "object";

  /** Tells members of one name in one archive apart. */
  public static final String OFFSET = "byte_offset";

  /** Of the first slice, or what a rejected object was recognised as, or empty. */
  public static final String IMAGE = "image_id";

  /** Why the object is rejected, or empty. */
  public static final String REASON = "reason";

  /** That were read of it. */
  public static final String BYTES = "bytes_read";

  public static final String IDENTIFIED = "identified";
  public static final String SLICES = "slices";
  public static final String FINDINGS = "findings";

  private static final int EXAMPLES = 3;

  private static final SlicesTable SLICES_TABLE = new SlicesTable();
  private static final SliceFindingsTable FINDINGS_TABLE = new SliceFindingsTable();

  public static final StructType SCHEMA =
      new StructType()
          .add(OBJECT, StringType, false)
          .add(OFFSET, LongType, false)
          .add(IMAGE, StringType, false)
          .add(REASON, StringType, false)
          .add(BYTES, LongType, false)
          .add(IDENTIFIED, BooleanType, false)
          .add(SLICES, createArrayType(SLICES_TABLE.schema(), false), false)
          .add(FINDINGS, createArrayType(FINDINGS_TABLE.schema(), false), false);

  private AuditedRows() {}

  static Row of(Result result) {
    return RowFactory.create(
        result.object().display(),
        result.object().offset(),
        result.rejected() ? result.findings().get(0).imageId() : result.slices().get(0).imageId(),
        result.rejected() ? result.findings().get(0).reason() : "",
        result.bytesRead(),
        result.identified(),
        rows(SLICES_TABLE, result.slices()),
        rows(FINDINGS_TABLE, result.findings()));
  }

  private static <T> Object rows(TableDefinition<T> table, List<T> values) {
    return values.stream().map(table::toRow).toArray();
  }

  /** Rows of {@code ich.slices}. */
  public static Dataset<Row> slices(Dataset<Row> objects) {
    return each(objects, SLICES);
  }

  /** Rows of {@code ich.slice_findings}: what the objects themselves show. */
  public static Dataset<Row> findings(Dataset<Row> objects) {
    return each(objects, FINDINGS);
  }

  /** Some of the rejected ones, for a message: where nothing is published, no table has them. */
  public static List<String> rejectedExamples(Dataset<Row> objects) {
    return objects
        .filter(accepted().unary_$bang())
        .orderBy(OBJECT)
        .select(functions.col(OBJECT), functions.col(REASON), functions.col(FINDINGS + ".detail"))
        .limit(EXAMPLES)
        .collectAsList()
        .stream()
        .map(r -> "%s %s (%s)".formatted(r.getString(0), r.getString(1), r.getList(2).get(0)))
        .toList();
  }

  public static Column accepted() {
    return functions.col(REASON).equalTo("");
  }

  private static Dataset<Row> each(Dataset<Row> objects, String list) {
    return objects.select(functions.explode(functions.col(list)).as("one")).select("one.*");
  }
}
