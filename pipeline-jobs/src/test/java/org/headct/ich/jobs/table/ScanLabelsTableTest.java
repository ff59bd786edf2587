package org.headct.ich.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Annotation;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.ScanFinding;
import org.headct.ich.domain.label.ScanLabels;
import org.headct.ich.domain.label.ScanVotes;
import org.junit.jupiter.api.Test;

class ScanLabelsTableTest {
  private static final ScanLabelsTable TABLE = new ScanLabelsTable();

  /** Parses fourteen votes in the order of {@link ScanFinding}; {@code _} is blank. */
  private static ScanVotes votes(String text) {
    return new ScanVotes(
        text.chars()
            .mapToObj(
                c ->
                    c == '_'
                        ? Annotation.BLANK
                        : c == '1' ? Annotation.POSITIVE : Annotation.NEGATIVE)
            .toList());
  }

  private static Row row(ScanLabels scan) {
    Row values = TABLE.toRow(scan);
    Object[] cells = new Object[values.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = values.get(i);
    }
    return new GenericRowWithSchema(cells, TABLE.schema());
  }

  @Test
  void columnsAreLabelsThenFindingsThenEachReadersVotes() {
    List<String> names = new ArrayList<>(List.of(TABLE.schema().fieldNames()));
    assertThat(names)
        .startsWith(
            "scan_id",
            "epidural",
            "intraparenchymal",
            "intraventricular",
            "subarachnoid",
            "subdural",
            "any",
            "bleed_location_left",
            "bleed_location_right",
            "chronic_bleed",
            "fracture",
            "calvarial_fracture",
            "other_fracture",
            "mass_effect",
            "midline_shift",
            "r1_any",
            "r1_intraparenchymal")
        .endsWith("r3_mass_effect", "r3_midline_shift")
        .hasSize(1 + 6 + 8 + 3 * 14)
        .doesNotHaveDuplicates();
    assertThat(TABLE.schema().fields())
        .allSatisfy(field -> assertThat(field.getComment().isDefined()).as(field.name()).isTrue());
    assertThat(Tables.named("scan_labels")).isPresent();
  }

  @Test
  void aScanByHand() {
    ScanLabels scan =
        new ScanLabels(
            "CQ500-CT-0",
            List.of(votes("1100011000000_"), votes("1010011001000_"), votes("0000001_00001_")));
    Row row = row(scan);
    assertThat(row.<String>getAs("scan_id")).isEqualTo("CQ500-CT-0");
    assertThat(List.of(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5)))
        .containsExactly(0, 0, 0, 1, 0);
    assertThat(row.<Integer>getAs("any")).isEqualTo(1);
    assertThat(row.<Integer>getAs("bleed_location_left")).isEqualTo(1);
    assertThat(row.<Integer>getAs("bleed_location_right")).isEqualTo(0);
    assertThat(row.<Integer>getAs("midline_shift")).isNull();
    assertThat(row.<Integer>getAs("r1_intraparenchymal")).isEqualTo(1);
    assertThat(row.<Integer>getAs("r2_fracture")).isEqualTo(1);
    assertThat(row.<Integer>getAs("r3_bleed_location_right")).isNull();
    assertThat(row.<Integer>getAs("r3_mass_effect")).isEqualTo(1);
    assertThat(TABLE.fromRow(row)).isEqualTo(scan);
  }

  @Test
  void fewerReadersLeaveTheirColumnsEmpty() {
    ScanLabels one = new ScanLabels("CQ500-CT-1", List.of(votes("00000000000000")));
    assertThat(row(one).<Integer>getAs("r2_any")).isNull();
    assertThat(TABLE.fromRow(row(one))).isEqualTo(one);
    ScanLabels gap =
        new ScanLabels(
            "CQ500-CT-2",
            List.of(
                votes("00000000000000"),
                new ScanVotes(Collections.nCopies(14, Annotation.BLANK)),
                votes("0000000_______")));
    assertThat(TABLE.fromRow(row(gap))).isEqualTo(gap);
  }

  @Test
  void moreReadersThanColumnsAreRefused() {
    StringBuilder header = new StringBuilder("name");
    for (int reader = 1; reader <= 4; reader++) {
      for (ScanFinding finding : ScanFinding.HAEMORRHAGE) {
        header.append(",R").append(reader).append(':').append(finding.published());
      }
    }
    LabelHeader.Reads four =
        (LabelHeader.Reads) LabelHeader.parse(header.toString(), "reads.csv", Optional.empty());
    assertThatThrownBy(() -> ScanLabelsTable.requireRoom(four, "reads.csv"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "reads.csv:1: the file has 4 readers, and ich.scan_labels has columns for 3: keep R1"
                + " to R3");
    ScanLabels scan = new ScanLabels("CQ500-CT-0", Collections.nCopies(4, votes("00000000000000")));
    assertThatThrownBy(() -> TABLE.toRow(scan)).isInstanceOf(IllegalArgumentException.class);
  }
}
