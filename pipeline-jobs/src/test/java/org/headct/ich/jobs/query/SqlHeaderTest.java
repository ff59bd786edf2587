package org.headct.ich.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlHeaderTest {
  @Test
  void tellsWhatIsAskedAndWhatTheColumnsAre() {
    SqlHeader header =
        SqlHeader.of(
            "-- How many?\n--   part: of the split\n--   n: images: all\n"
                + "-- And so on.\nSELECT 1 -- one\nAS n\n");
    assertThat(header.about()).isEqualTo("How many? And so on.");
    assertThat(header.columns()).hasToString("{part=of the split, n=images: all}");
    assertThat(header.query()).isEqualTo("SELECT 1 -- one\nAS n");
    assertThat(header.comment() + header.query()).startsWith("-- How many?\n").endsWith("AS n");
  }

  @Test
  void mayBeMissing() {
    SqlHeader header = SqlHeader.of("SELECT 1");
    assertThat(header).isEqualTo(new SqlHeader("", "", header.columns(), "SELECT 1"));
    assertThat(header.columns()).isEmpty();
  }
}
