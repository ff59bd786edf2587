package org.headct.ich.domain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;

class KeyReferenceTest {
  @Test
  void everyKeyIsExplainedInASentence() {
    assertThat(KeyReference.all())
        .allSatisfy(
            key -> {
              assertThat(key.explanation()).as(key.key()).hasSizeGreaterThan(10).endsWith(".");
              assertThat(key.summary()).as(key.key()).endsWith(".");
              assertThat(key.defaultValue()).as(key.key()).isNotEmpty();
            });
  }

  @Test
  void theKeysAreThoseOfTheFileInItsOrder() {
    assertThat(KeyReference.all())
        .extracting(KeyReference::key)
        .containsAll(SettingsLoader.keys())
        .contains("catalog.properties")
        .startsWith("warehouse.path", "models.path", "reports.path", "max-reject-ratio")
        .doesNotHaveDuplicates();
  }

  @Test
  void findsAKeyASectionAndTheKeyOfADataset() {
    assertThat(KeyReference.named("tensors.size"))
        .singleElement()
        .satisfies(key -> assertThat(key.defaultValue()).isEqualTo("256"));
    assertThat(KeyReference.named("split"))
        .extracting(KeyReference::key)
        .startsWith("split.unit")
        .allMatch(key -> key.startsWith("split."));
    assertThat(KeyReference.named("datasets.mine.tensors.size"))
        .isEqualTo(KeyReference.named("tensors.size"));
    assertThat(KeyReference.named("datasets.mine.images"))
        .isEqualTo(KeyReference.named("datasets"));
    assertThat(KeyReference.named("labels.expected.any").get(0).explanation())
        .startsWith("Expected numbers of images");
  }

  @Test
  void suggestsTheNearestKey() {
    assertThatThrownBy(() -> KeyReference.named("tensor.size"))
        .isInstanceOf(UserException.class)
        .hasMessage("no setting is named tensor.size; did you mean tensors.size?");
  }
}
