package org.headct.ich.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headct.ich.jobs.report.ReportTable.Line;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  @Test
  void numbersStandToTheRightUnderTheirHeadings() {
    ReportTable table =
        new ReportTable(
            "binary",
            List.of("part", "images", "any"),
            List.of(
                new Line("validation", List.of(7L, 0L)),
                new Line("total", List.of(1_234_567L, 12_345L))));

    assertThat(table.lines())
        .containsExactly(
            "binary",
            "part           images     any",
            "-----------------------------",
            "validation          7       0",
            "total       1,234,567  12,345");
  }

  @Test
  void aRowHasACountForEachHeading() {
    List<Line> rows = List.of(new Line("train", List.of(1L, 2L)));
    assertThatThrownBy(() -> new ReportTable("binary", List.of("part", "images"), rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("binary: 2 counts of train under 1 headings");
  }
}
