package org.headct.ich.jobs.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.ct.SliceReason;

/**
 * Sums over all objects of an audit.
 *
 * @param accepted the number of objects with slices
 * @param slices the number of their slices
 * @param series the number of their series
 * @param bytes the number of bytes read of all objects
 * @param identified the number of objects that had real ids
 * @param withdrawn the number of withdrawn objects that an earlier run accepted and this run did
 *     not read
 * @param rejected the number of rejected objects by reason
 */
public record Tally(
    long accepted,
    long slices,
    long series,
    long bytes,
    long identified,
    long withdrawn,
    Map<String, Long> rejected) {

  public static Tally of(Dataset<Row> objects) {
    long accepted = 0;
    long slices = 0;
    long series = 0;
    long bytes = 0;
    long identified = 0;
    long withdrawn = 0;
    Map<String, Long> rejected = new TreeMap<>();
    for (Row row :
        objects
            .groupBy(AuditedRows.REASON)
            .agg(
                count(lit(1)),
                sum(size(col(AuditedRows.SLICES))),
                sum(AuditedRows.BYTES),
                count_if(col(AuditedRows.IDENTIFIED)),
                count_if(col(AuditedRows.BYTES).equalTo(0)),
                // All frames of an object belong to one series.
                size(collect_set(col(AuditedRows.SLICES).getItem(0).getField("series_id")))
                    .as("series"))
            .collectAsList()) {
      if (row.getString(0).isEmpty()) {
        accepted = row.getLong(1);
        slices = row.getLong(2);
        series = row.getInt(6);
      } else {
        rejected.put(row.getString(0), row.getLong(1));
        if (row.getString(0).equals(SliceReason.WITHDRAWN.name())) {
          withdrawn = row.getLong(5);
        }
      }
      bytes += row.getLong(3);
      identified += row.getLong(4);
    }
    return new Tally(accepted, slices, series, bytes, identified, withdrawn, rejected);
  }
}
