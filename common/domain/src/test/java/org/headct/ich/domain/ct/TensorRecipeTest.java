package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headct.ich.domain.ct.TensorRecipe.Values;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a recipe holds the whole recipe. */
class TensorRecipeTest {
  @Test
  void aTextGivesTheRecipeThatWroteIt() {
    CtWindow odd = new CtWindow("stroke-2", 32.5, 8.25);
    for (List<CtWindow> windows :
        List.of(List.of(CtWindow.BRAIN), List.of(CtWindow.BONE, odd, CtWindow.SUBDURAL))) {
      for (boolean mask : new boolean[] {false, true}) {
        for (boolean adjacent : new boolean[] {false, true}) {
          for (Values values : Values.values()) {
            TensorRecipe recipe =
                new TensorRecipe(new TensorSpec(256, windows, mask), adjacent, values);
            assertThat(TensorRecipe.parse(recipe.text())).isEqualTo(recipe);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "64x64 brain uint8",
        "64x65 brain:40/80 uint8 v1",
        "64x64 brain:40/80 int8 v1",
        "64x64 brain:40/80@-1,brain:40/80 uint8 v1",
        "64x64 brain:40/80 uint8 v1, 64 a row group"
      })
  void whatIsNoRecipeIsRefused(String text) {
    assertThatThrownBy(() -> TensorRecipe.parse(text)).isInstanceOf(UserException.class);
  }

  @Test
  void anotherVersionGivesOtherNumbers() {
    assertThatThrownBy(() -> TensorRecipe.parse("64x64 brain:40/80 uint8 v99"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("makes version " + TensorBuilder.VERSION);
  }
}
