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
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.audit.ObjectAuditor.Result;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;

/**
 * Audited objects as rows, one for each object. Its slices and findings already have the form of
 * their tables.
 *
 * <p>A dump has many objects, and each gives little data. Spark converts them to rows once and
 * keeps them packed by column. A query for ids reads and shuffles only ids.
 */
public final class AuditedRows {
  public static final String OBJECT = "object";

  /** Offset in the archive, bytes. It tells two members with the same name apart. */
  public static final String OFFSET = "byte_offset";

  /**
   * Image id of the first slice. A rejected object has the id that was recognised, or an empty
   * string.
   */
  public static final String IMAGE = "image_id";

  /** Reason why the object is rejected, or an empty string. */
  public static final String REASON = "reason";

  /** Number of bytes read of the object. */
  public static final String BYTES = "bytes_read";

  public static final String IDENTIFIED = "identified";
  public static final String SLICES = "slices";
  public static final String FINDINGS = "findings";

  private static final int EXAMPLES = 3;

  private static final Object[] NO_DAMAGE = {
    SliceReason.NOT_CT.name(), SliceReason.OTHER_FILE.name(), SliceReason.WITHDRAWN.name()
  };

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

  /** Returns the rows of {@code ich.slices}. */
  public static Dataset<Row> slices(Dataset<Row> objects) {
    return each(objects, SLICES);
  }

  /** Returns the rows of {@code ich.slice_findings} that concern one object. */
  public static Dataset<Row> findings(Dataset<Row> objects) {
    return each(objects, FINDINGS);
  }

  /**
   * Returns a few rejected objects for a message, the damaged ones first. A refused run publishes
   * no table that would list them.
   */
  public static List<String> rejectedExamples(Dataset<Row> objects) {
    return objects
        .filter(accepted().unary_$bang())
        .orderBy(functions.col(REASON).isin(NO_DAMAGE), functions.col(OBJECT))
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
