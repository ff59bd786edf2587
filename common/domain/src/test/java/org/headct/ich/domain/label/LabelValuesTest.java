package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "1.0", "1.00", "1.", "+1", "01", "1e0", "1E0", "1.0e+00", "10e-1", "0.1e1", "1,0",
        "true", "True", "TRUE"
      })
  void one(String text) {
    assertThat(LabelValues.of(text)).isEqualTo(Annotation.POSITIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "0.0", "0.00", "0.", ".0", "-0", "00", "0e0", "0.0E+00", "0e999", "0,0", "false",
        "False", "FALSE"
      })
  void zero(String text) {
    assertThat(LabelValues.of(text)).isEqualTo(Annotation.NEGATIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "nan", "NA", "<NA>", "N/A", "#N/A", "null", "NULL", "None"})
  void missing(String text) {
    assertThat(LabelValues.of(text)).isEqualTo(Annotation.BLANK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2", "-1", "0.5", "1e1", "1e-1", "1.0000001", "0x1", "1f", "1_0", "1.0.0", "1,0,0", "e0",
        ".", "+", "1e9999", "t", "f", "yes", "no", "x", "1 0", "１", "inf", "-",
        "0.00000000000000000000000000000000000000000000"
      })
  void bad(String text) {
    assertThat(LabelValues.of(text)).isNull();
  }
}
