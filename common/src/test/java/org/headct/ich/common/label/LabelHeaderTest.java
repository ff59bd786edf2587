package org.headct.ich.common.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headct.ich.common.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelHeaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"ID,Label", "\uFEFFID,Label\r", "\"ID\",\"Label\"", " id , LABEL "})
  void idFirst(String line) {
    assertThat(LabelHeader.parse(line, "a.csv")).isEqualTo(LabelHeader.ID_FIRST);
  }

  @Test
  void labelFirst() {
    assertThat(LabelHeader.parse("Label,ID", "a.csv")).isEqualTo(LabelHeader.LABEL_FIRST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ID_a_any,1 | put the header",
        "ID;Label | separate the columns by a comma",
        "PatientID,Name,Label | 'PatientID,Name,Label'",
        "ID,Label,Extra | check labels.input",
        "ID,ID | check labels.input",
        "'' | is the file empty?"
      })
  void anythingElseIsToldInOneLine(String line, String told) {
    assertThatThrownBy(() -> LabelHeader.parse(line, "dump/a.csv"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("dump/a.csv:1: ")
        .hasMessageContaining(told)
        .message()
        .doesNotContain("\n");
  }
}
