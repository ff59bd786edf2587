package org.headct.ich.jobs.auditdicom;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.common.ct.SliceReason;
import org.headct.ich.jobs.auditdicom.ObjectAuditor.Result;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import scala.Tuple2;

/** What only a look at all objects together finds: the same id, the same pixels, a lost half. */
final class Reconciliation {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final SlicesTable SLICES = new SlicesTable();

  private Reconciliation() {}

  /** Of objects with the same image id the first by name is kept. */
  static JavaRDD<Result> unique(JavaRDD<Result> results) {
    JavaPairRDD<String, Result> byImage =
        results.mapToPair(
            r ->
                new Tuple2<>(
                    r.rejected() ? "object " + r.object().display() : r.slices().get(0).imageId(),
                    r));
    return byImage.groupByKey().flatMap(group -> keepFirst(group._2()).iterator());
  }

  private static List<Result> keepFirst(Iterable<Result> group) {
    List<Result> sorted = new ArrayList<>();
    group.forEach(sorted::add);
    sorted.sort(Comparator.comparing(r -> r.object().display()));
    List<Result> kept = new ArrayList<>(sorted.subList(0, 1));
    for (Result later : sorted.subList(1, sorted.size())) {
      Result first = sorted.get(0);
      kept.add(
          Result.rejected(
              later.object(),
              ObjectAuditor.finding(
                  later.object(),
                  first.slices().get(0).imageId(),
                  SliceReason.DUPLICATE_ID,
                  true,
                  "same image id as " + first.object().display())));
    }
    return kept;
  }

  static JavaRDD<SliceFindingsTable.Entry> duplicatePixels(JavaRDD<Result> results) {
    return results
        .flatMap(r -> r.slices().iterator())
        .mapToPair(s -> new Tuple2<>(s.content().pixelHash(), new Named(s)))
        .groupByKey()
        .flatMap(group -> duplicates(group._2()).iterator());
  }

  private record Named(String imageId, String object) implements Serializable {
    Named(Slice slice) {
      this(slice.imageId(), display(slice));
    }

    private static String display(Slice slice) {
      String member = slice.location().member();
      return member.isEmpty() ? slice.location().uri() : slice.location().uri() + "!" + member;
    }
  }

  private static List<SliceFindingsTable.Entry> duplicates(Iterable<Named> group) {
    List<Named> sorted = new ArrayList<>();
    group.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Named::imageId));
    return sorted.subList(1, sorted.size()).stream()
        .map(
            later ->
                ObjectAuditor.finding(
                    later.object(),
                    later.imageId(),
                    SliceReason.DUPLICATE_PIXELS,
                    false,
                    "same pixels as " + sorted.get(0).imageId()))
        .toList();
  }

  /** Files without labels and labels without files; nothing while there are no labels. */
  static JavaRDD<SliceFindingsTable.Entry> unmatched(JobContext context, JavaRDD<Result> results) {
    ImageLabelling labelling = new ImageLabelling(context.warehouse());
    if (!labelling.exists()) {
      return context.javaSpark().emptyRDD();
    }
    Dataset<Row> found =
        context
            .warehouse()
            .rows(SLICES, results.flatMap(r -> r.slices().iterator()))
            .select("image_id", "patient_id");
    JavaPairRDD<String, String> labelled =
        labelling
            .rows(found)
            .javaRDD()
            .map(LABELS::fromRow)
            .mapToPair(l -> new Tuple2<>(l.imageId(), ""));
    JavaPairRDD<String, Named> slices =
        results
            .flatMap(r -> r.slices().iterator())
            .mapToPair(s -> new Tuple2<>(s.imageId(), new Named(s)));
    JavaPairRDD<String, String> seen =
        results.mapToPair(r -> new Tuple2<>(r.rejected() ? r.findings().get(0).imageId() : "", ""));
    JavaRDD<SliceFindingsTable.Entry> unannotated =
        slices
            .subtractByKey(labelled)
            .map(
                s ->
                    ObjectAuditor.finding(
                        s._2().object(), s._1(), SliceReason.UNANNOTATED, false, "no labels"));
    JavaRDD<SliceFindingsTable.Entry> orphans =
        labelled
            .subtractByKey(slices)
            .subtractByKey(seen)
            .map(
                l ->
                    ObjectAuditor.finding(
                        l._1(), l._1(), SliceReason.ORPHAN_LABEL, false, "no file"));
    JavaRDD<SliceFindingsTable.Entry> orphanScans =
        labelling
            .scansWithout(found)
            .javaRDD()
            .map(
                scan ->
                    ObjectAuditor.finding(
                        scan.getString(0), "", SliceReason.ORPHAN_LABEL, false, "no slice"));
    return unannotated.union(orphans).union(orphanScans);
  }
}
