package org.headct.ich.jobs.reshapelabels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.common.error.UserException;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.label.LabelFinding;
import org.headct.ich.common.label.LabelForm;
import org.headct.ich.common.label.LabelHeader;
import org.headct.ich.common.label.LabelLine;
import org.headct.ich.common.label.LabelPartial;
import org.headct.ich.common.label.LabelPivot;
import org.headct.ich.common.label.LabelPivot.Outcome;
import org.headct.ich.common.sample.StableHash;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The label files as Spark sees them: each is streamed by one task, rows of an image that stand
 * together are gathered at once, and only one partial an image and task is shuffled.
 */
final class LabelRows {
  private static final char NO_IMAGE = '\u0000';

  private final JobContext context;
  private final List<SourceObject> files;

  LabelRows(JobContext context, List<SourceObject> files) {
    this.context = context;
    this.files = files;
  }

  /**
   * What the shuffle carries: some rows of one image, or a row that names no image, or how many
   * rows a task read.
   */
  private record Piece(
      @Nullable LabelPartial partial, @Nullable LabelFinding rejected, long rowsRead)
      implements Serializable {
    Piece plus(Piece other) {
      if (partial == null || other.partial == null) {
        throw new IllegalStateException("two pieces that are no rows of an image share a key");
      }
      return new Piece(partial.merge(other.partial), null, 0);
    }
  }

  /**
   * What became of an image, or of a row that names none.
   *
   * @param labels of a kept image
   * @param findings what was wrong
   * @param rowsRead rows that a task read, counted apart so that the books can be closed against it
   */
  record Gathered(@Nullable ImageLabels labels, List<LabelFinding> findings, long rowsRead)
      implements Serializable {}

  /**
   * Opens every file and reads its first line.
   *
   * @throws UserException for one that is no label file
   */
  void checkHeaders() {
    try (SourceReader reader = new SourceReader(context.hadoop())) {
      for (SourceObject file : files) {
        try (BufferedReader lines = lines(reader, file)) {
          header(lines, file);
        } catch (DamagedMemberException e) {
          throw new UserException(
              "labels.input: %s: %s".formatted(file.display(), e.getMessage()), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the label files", e);
    }
  }

  /** The table's entry for a finding in {@code file}. */
  static LabelFindingsTable.Entry entry(LabelFinding f, String file) {
    String id =
        "%016x"
            .formatted(
                StableHash.of(0, f.reason() + "|" + file + "|" + f.line() + "|" + f.value()));
    return new LabelFindingsTable.Entry(
        id, f.reason().name(), f.imageId(), file, f.line(), f.rows(), f.value());
  }

  JavaRDD<Gathered> gathered() {
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    List<SourceObject> all = files;
    List<Integer> indices = IntStream.range(0, all.size()).boxed().toList();
    JavaPairRDD<String, Piece> pieces =
        context
            .javaSpark()
            .parallelize(indices, indices.size())
            .flatMapToPair(i -> pieces(hadoop.value().value(), all.get(i), i));
    int partitions = Math.max(context.javaSpark().defaultParallelism(), files.size());
    return pieces.reduceByKey(Piece::plus, partitions).map(LabelRows::finish);
  }

  private static Gathered finish(Tuple2<String, Piece> keyed) {
    Piece piece = keyed._2();
    if (piece.partial() != null) {
      Outcome outcome = LabelPivot.finish(keyed._1(), piece.partial());
      return new Gathered(outcome.labels().orElse(null), outcome.findings(), 0);
    }
    List<LabelFinding> rejected = piece.rejected() == null ? List.of() : List.of(piece.rejected());
    return new Gathered(null, rejected, piece.rowsRead());
  }

  private static Iterator<Tuple2<String, Piece>> pieces(
      Configuration hadoop, SourceObject file, int index) throws IOException {
    List<Tuple2<String, Piece>> pieces = new ArrayList<>();
    long read = 0;
    try (SourceReader reader = new SourceReader(hadoop);
        BufferedReader lines = lines(reader, file)) {
      LabelHeader.LongForm header = header(lines, file);
      String image = "";
      LabelPartial partial = null;
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        read++;
        LabelLine parsed = LabelLine.parse(line, header);
        if (parsed instanceof LabelLine.Rejected rejected) {
          pieces.add(
              new Tuple2<>(
                  NO_IMAGE + "row " + index + ":" + number,
                  new Piece(null, rejected.finding(index, number), 0)));
        } else if (parsed instanceof LabelLine.Accepted row) {
          LabelPartial one = LabelPartial.of(row.subtype(), row.annotation(), index, number);
          if (partial != null && !row.imageId().equals(image)) {
            pieces.add(new Tuple2<>(image, new Piece(partial, null, 0)));
            partial = null;
          }
          image = row.imageId();
          partial = partial == null ? one : partial.merge(one);
        }
      }
      if (partial != null) {
        pieces.add(new Tuple2<>(image, new Piece(partial, null, 0)));
      }
    } catch (DamagedMemberException e) {
      throw new IOException(file.display() + ": " + e.getMessage(), e);
    }
    pieces.add(new Tuple2<>(NO_IMAGE + "file " + index, new Piece(null, null, read)));
    return pieces.iterator();
  }

  private static BufferedReader lines(SourceReader reader, SourceObject file)
      throws IOException, DamagedMemberException {
    return new BufferedReader(
        new InputStreamReader(reader.open(file), StandardCharsets.UTF_8), 1 << 16);
  }

  private static LabelHeader.LongForm header(BufferedReader lines, SourceObject file)
      throws IOException {
    String first = lines.readLine();
    return (LabelHeader.LongForm)
        LabelHeader.parse(first == null ? "" : first, file.display(), Optional.of(LabelForm.LONG));
  }
}
