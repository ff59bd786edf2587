package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SubtypeTest {
  /** Tables and trained heads depend on this order. */
  @Test
  void columnsKeepTheCompetitionsOrder() {
    assertThat(Subtype.ALL)
        .extracting(Subtype::column)
        .containsExactly(
            "epidural", "intraparenchymal", "intraventricular", "subarachnoid", "subdural", "any");
    assertThat(Subtype.FIVE).hasSize(5).doesNotContain(Subtype.ANY);
  }

  @Test
  void columnAndClassAreInverse() {
    for (Subtype subtype : Subtype.ALL) {
      assertThat(Subtype.ofColumn(subtype.column())).isSameAs(subtype);
    }
  }

  @Test
  void unknownColumnIsNamed() {
    assertThatThrownBy(() -> Subtype.ofColumn("Any")).hasMessageContaining("'Any'");
    assertThat(Subtype.findColumn("")).isNull();
  }

  @Test
  void labelsReadBackTheirBits() {
    ImageLabels labels = new ImageLabels("ID_a", Subtype.SUBDURAL.bit() | Subtype.ANY.bit());
    assertThat(labels.has(Subtype.SUBDURAL)).isTrue();
    assertThat(labels.value(Subtype.EPIDURAL)).isZero();
    assertThat(labels.anyMatches()).isTrue();
    assertThat(new ImageLabels("ID_a", Subtype.ANY.bit()).anyMatches()).isFalse();
    assertThat(new ImageLabels("ID_a", Subtype.EPIDURAL.bit()).anyMatches()).isFalse();
    assertThatThrownBy(() -> new ImageLabels("ID_a", 64)).hasMessageContaining("64");
  }
}
