package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Annotation;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.ScanFinding;
import org.headct.ich.domain.label.ScanLabels;
import org.headct.ich.domain.label.ScanVotes;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * {@code ich.scan_labels}: a scan's labels by the majority of its readers, and each reader's votes.
 * Key: scan_id.
 */
public final class ScanLabelsTable implements TableDefinition<ScanLabels> {
  private static final long serialVersionUID = 1L;

  /** The number of readers that have columns, as in CQ500. */
  public static final int READERS = 3;

  @Override
  public String name() {
    return "scan_labels";
  }

  @Override
  public String comment() {
    return "A scan with its labels by the majority of its readers, and their votes. Key: scan_id.";
  }

  @Override
  public String filledBy() {
    return "reshape-labels";
  }

  /**
   * Checks that the table can hold a file's readers.
   *
   * @param source the file, for the message
   * @throws UserException if the file has more readers than the table has columns for
   */
  public static void requireRoom(LabelHeader.Reads header, String source) {
    if (header.readers() > READERS) {
      throw new UserException(
          "%s:1: the file has %d readers, and ich.scan_labels has columns for %d: keep R1 to R%d"
              .formatted(source, header.readers(), READERS, READERS));
    }
  }

  @Override
  public StructType schema() {
    List<StructField> fields = new ArrayList<>();
    fields.add(
        Columns.required(
            "scan_id",
            StringType,
            "Pseudonym of the scan: the patient_id, study_id or series_id of its slices"));
    fields.addAll(List.of(Columns.labels()));
    for (ScanFinding finding : ScanFinding.OTHERS) {
      fields.add(
          Columns.optional(
              finding.column(),
              IntegerType,
              "1: most readers see %s, else 0; null without a majority"
                  .formatted(finding.published())));
    }
    for (int reader = 1; reader <= READERS; reader++) {
      for (ScanFinding finding : ScanFinding.ALL) {
        fields.add(
            Columns.optional(
                vote(reader, finding),
                IntegerType,
                "R%d:%s: 1 or 0, null without a vote".formatted(reader, finding.published())));
      }
    }
    return Columns.schema(fields.toArray(new StructField[0]));
  }

  /**
   * Maps a scan to a row.
   *
   * @throws IllegalArgumentException if the scan has more readers than the table; {@link
   *     #requireRoom} tells the user before
   */
  @Override
  public Row toRow(ScanLabels scan) {
    if (scan.readers().size() > READERS) {
      throw new IllegalArgumentException(
          "%s has %d readers, more than %d"
              .formatted(scan.scanId(), scan.readers().size(), READERS));
    }
    List<@Nullable Object> values = new ArrayList<>();
    values.add(scan.scanId());
    var labels = scan.labels(scan.scanId());
    Subtype.ALL.forEach(subtype -> values.add(labels.value(subtype)));
    ScanVotes majority = scan.majority();
    ScanFinding.OTHERS.forEach(finding -> values.add(value(majority.of(finding))));
    for (int reader = 0; reader < READERS; reader++) {
      for (ScanFinding finding : ScanFinding.ALL) {
        boolean read = reader < scan.readers().size();
        values.add(read ? value(scan.readers().get(reader).of(finding)) : null);
      }
    }
    return RowFactory.create(values.toArray());
  }

  /**
   * Maps a row to a scan. Readers after the last one who voted are dropped, as if the file had not
   * had them.
   */
  @Override
  public ScanLabels fromRow(Row row) {
    List<ScanVotes> readers = new ArrayList<>();
    int voted = 0;
    for (int reader = 1; reader <= READERS; reader++) {
      List<Annotation> votes = new ArrayList<>();
      for (ScanFinding finding : ScanFinding.ALL) {
        votes.add(annotation(Columns.<Integer>orNull(row, vote(reader, finding))));
      }
      readers.add(new ScanVotes(votes));
      voted = votes.stream().allMatch(v -> v == Annotation.BLANK) ? voted : reader;
    }
    return new ScanLabels(Columns.text(row, "scan_id"), readers.subList(0, voted));
  }

  private static String vote(int reader, ScanFinding finding) {
    return "r" + reader + "_" + finding.column();
  }

  private static @Nullable Integer value(Annotation vote) {
    return switch (vote) {
      case NEGATIVE -> 0;
      case POSITIVE -> 1;
      case BLANK -> null;
    };
  }

  private static Annotation annotation(@Nullable Integer value) {
    return value == null
        ? Annotation.BLANK
        : value == 0 ? Annotation.NEGATIVE : Annotation.POSITIVE;
  }
}
