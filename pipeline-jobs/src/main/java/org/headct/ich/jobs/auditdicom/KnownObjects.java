package org.headct.ich.jobs.auditdicom;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.audit.AuditedRows;
import org.headct.ich.jobs.audit.Reconciliation;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.source.PackedList;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.Warehouse;

/**
 * Objects that {@code ich.slices} already describes. Those that are unchanged need not be read
 * again. Rejected objects are always read again: they are few, and no table has their version.
 *
 * <p>Each object is kept as a 64-bit hash of its name, place, sizes and version. Two different
 * objects may have the same hash; the chance is one in 10<sup>9</sup> among a million objects. Then
 * the row counts don't reconcile and the run fails.
 */
final class KnownObjects {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  private static final String NOTES = "notes";

  private final Warehouse warehouse;
  private final long[] objects;
  private final long[] names;
  private final long[] rejectedNames;

  private KnownObjects(Warehouse warehouse, long[] objects, long[] names, long[] rejectedNames) {
    this.warehouse = warehouse;
    this.objects = objects;
    this.names = names;
    this.rejectedNames = rejectedNames;
  }

  /** Returns no known objects: the tables are empty, or this run can't rely on them. */
  static KnownObjects none(Warehouse warehouse) {
    return new KnownObjects(warehouse, new long[0], new long[0], new long[0]);
  }

  /** Reads the known objects from the current tables. */
  static KnownObjects of(Warehouse warehouse) {
    List<long[][]> slices =
        warehouse
            .read(SLICES)
            .select(
                "uri",
                "member",
                "byte_offset",
                "stored_bytes",
                "size_bytes",
                "deflated",
                "object_version")
            .javaRDD()
            .mapPartitions(KnownObjects::hashes)
            .collect();
    List<String> rejected =
        warehouse
            .read(FINDINGS)
            .where(col("job").equalTo(Reconciliation.JOB).and(col("rejected")))
            .select("object")
            .as(Encoders.STRING())
            .collectAsList();
    return new KnownObjects(
        warehouse,
        sorted(slices.stream().flatMapToLong(part -> Arrays.stream(part[0]))),
        sorted(slices.stream().flatMapToLong(part -> Arrays.stream(part[1]))),
        sorted(rejected.stream().mapToLong(KnownObjects::name)));
  }

  /** Hashes the rows of a partition. Returns the hashes of the objects and those of their names. */
  private static Iterator<long[][]> hashes(Iterator<Row> rows) {
    LongStream.Builder objects = LongStream.builder();
    LongStream.Builder names = LongStream.builder();
    rows.forEachRemaining(
        row -> {
          SourceObject object = object(row);
          objects.add(Fingerprint.hash(object));
          names.add(name(object.display()));
        });
    long[][] both = {objects.build().toArray(), names.build().toArray()};
    return List.<long[][]>of(both).iterator();
  }

  private static long[] sorted(LongStream hashes) {
    return hashes.sorted().distinct().toArray();
  }

  private static SourceObject object(Row row) {
    Long version = row.getAs("object_version");
    return new SourceObject(
        row.getAs("uri"),
        row.getAs("member"),
        row.<Long>getAs("byte_offset"),
        row.<Long>getAs("stored_bytes"),
        row.<Long>getAs("size_bytes"),
        row.<Boolean>getAs("deflated"),
        // Rows of early releases have no version. No file has this one, so the object is reread.
        version == null ? Long.MIN_VALUE : version);
  }

  private static long name(String display) {
    return StableHash.of(0, display);
  }

  private static boolean contains(long[] sorted, long hash) {
    return Arrays.binarySearch(sorted, hash) >= 0;
  }

  /**
   * Comparison of a listing with the known objects.
   *
   * @param toRead the new, changed and formerly rejected objects, in the order of the listing
   * @param gone the sorted hashes of known objects that are changed or no longer listed
   * @param added the number of new names
   * @param changed the number of known names with other bytes
   * @param withdrawn the number of known names that are no longer listed
   */
  record Division(
      List<SourceObject> toRead, long[] gone, long added, long changed, long withdrawn) {}

  /** Compares a listing with the known objects. */
  Division divide(List<SourceObject> listed) {
    List<SourceObject> toRead = new PackedList();
    LongStream.Builder staying = LongStream.builder();
    LongStream.Builder listedNames = LongStream.builder();
    long added = 0;
    long changed = 0;
    for (SourceObject object : listed) {
      long hash = Fingerprint.hash(object);
      long name = name(object.display());
      if (contains(names, name)) {
        listedNames.add(name);
      }
      if (contains(objects, hash)) {
        staying.add(hash);
        continue;
      }
      toRead.add(object);
      if (contains(names, name)) {
        changed++;
      } else if (!contains(rejectedNames, name)) {
        added++;
      }
    }
    long[] stay = staying.build().sorted().toArray();
    long[] gone = Arrays.stream(objects).filter(hash -> !contains(stay, hash)).toArray();
    long seen = listedNames.build().distinct().count();
    return new Division(toRead, gone, added, changed, names.length - seen);
  }

  /** Returns the known data of the unchanged objects as {@link AuditedRows}. */
  Dataset<Row> staying(JobContext context, Division division) {
    if (division.gone().length == objects.length) {
      return context.spark().createDataset(List.of(), Encoders.row(AuditedRows.SCHEMA));
    }
    Broadcast<long[]> gone = context.javaSpark().broadcast(division.gone());
    Column[] columns = columns(SLICES.schema().fieldNames());
    return warehouse
        .read(SLICES)
        .filter((FilterFunction<Row>) row -> !contains(gone.value(), Fingerprint.hash(object(row))))
        .withColumn(AuditedRows.OBJECT, Reconciliation.object())
        .join(notes(), new String[] {AuditedRows.OBJECT}, "left")
        .groupBy(AuditedRows.OBJECT, AuditedRows.OFFSET)
        .agg(
            coalesce(min_by(col("image_id"), col("frame")), lit("")).as(AuditedRows.IMAGE),
            collect_list(struct(columns)).as(AuditedRows.SLICES),
            first(NOTES).as(NOTES))
        .select(
            col(AuditedRows.OBJECT),
            col(AuditedRows.OFFSET),
            col(AuditedRows.IMAGE),
            lit("").as(AuditedRows.REASON),
            lit(0L).as(AuditedRows.BYTES),
            lit(false).as(AuditedRows.IDENTIFIED),
            col(AuditedRows.SLICES),
            // Two members of an archive may have the same name. Each gets the findings of its own
            // image.
            filter(
                    coalesce(col(NOTES), array()),
                    note -> note.getField("image_id").equalTo(col(AuditedRows.IMAGE)))
                .as(AuditedRows.FINDINGS));
  }

  /** Returns the findings that concern a single object, grouped by object. */
  private Dataset<Row> notes() {
    return warehouse
        .read(FINDINGS)
        .where(col("job").equalTo(Reconciliation.JOB))
        .where(not(col("rejected")))
        .where(not(col("reason").isin(Reconciliation.REASONS.toArray())))
        .groupBy(AuditedRows.OBJECT)
        .agg(collect_list(struct(columns(FINDINGS.schema().fieldNames()))).as(NOTES));
  }

  private static Column[] columns(String[] names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }
}
