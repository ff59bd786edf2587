package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtWindowTest {
  private static final List<CtWindow> KNOWN =
      List.of(CtWindow.BONE, CtWindow.BRAIN, CtWindow.SUBDURAL);

  /** Values computed by hand: (hu - low) / width × 255; the ties 25.5 and 127.5 go up. */
  @ParameterizedTest
  @CsvSource({
    "brain, -1000, 0",
    "brain, 0, 0",
    "brain, 8, 26",
    "brain, 40, 128",
    "brain, 80, 255",
    "brain, 3071, 255",
    "subdural, -20, 0",
    "subdural, 0, 26",
    "subdural, 80, 128",
    "subdural, 180, 255",
    "bone, -800, 0",
    "bone, 600, 128",
    "bone, 2000, 255",
    "bone, 0, 73",
  })
  void greyLevels(String window, double hu, int grey) {
    assertThat(CtWindow.parse(window).grey(hu)).isEqualTo(grey);
  }

  @Test
  void everyTieRoundsUpAndNothingElseDoes() {
    // In whole numbers, with hu in eighths: ⌊(2·255·(hu - low)·8 + 8·width) / (2·8·width)⌋.
    for (CtWindow window : KNOWN) {
      long width = (long) window.widthHu();
      long low = (long) (window.centerHu() - window.widthHu() / 2);
      for (long eighths = -1100 * 8; eighths <= 3100 * 8; eighths++) {
        long exact = Math.floorDiv(510 * (eighths - 8 * low) + 8 * width, 16 * width);
        assertThat(window.grey(eighths / 8.0))
            .as("%s at %s HU", window.name(), eighths / 8.0)
            .isEqualTo((int) Math.max(0, Math.min(255, exact)));
      }
    }
  }

  @Test
  void extremesAndNotANumber() {
    assertThat(CtWindow.BRAIN.grey(Double.POSITIVE_INFINITY)).isEqualTo(255);
    assertThat(CtWindow.BRAIN.grey(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(CtWindow.BRAIN.grey(Double.NaN)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"brain:40/80", "bone:600/2800", "stroke:32.5/8", "low-1:-600/1500"})
  void textIsReadBack(String text) {
    assertThat(CtWindow.parse(text).text()).isEqualTo(text);
  }

  @Test
  void knownByNameOrByFigures() {
    assertThat(CtWindow.parse(" brain ")).isEqualTo(CtWindow.BRAIN);
    assertThat(CtWindow.parse(" bone : 600 / 2800 ")).isEqualTo(CtWindow.BONE);
    assertThat(CtWindow.parse("subdural:80/200")).isEqualTo(CtWindow.SUBDURAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "lung", "brain:40", "brain:/80", "brain:a/b", "Brain:40/80", "b:1/2/3"})
  void whatIsNoWindowNamesTheRemedy(String text) {
    assertThatThrownBy(() -> CtWindow.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("brain:40/80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"brain:40/0", "brain:40/-80", "brain:NaN/80", "brain:40/Infinity"})
  void figuresOutOfRange(String text) {
    assertThatThrownBy(() -> CtWindow.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("window 'brain' must be");
  }
}
