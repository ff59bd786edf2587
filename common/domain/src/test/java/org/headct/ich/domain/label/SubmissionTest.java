package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionTest {
  @Test
  void sixLinesInTheOrderOfTheCompetitionsSample() {
    assertThat(
            Submission.lines(
                "ID_0fbf6a978", List.of(0f, 1f, 0.5f, 1e-12f, 3.4028e-38f, 0.123456789f)))
        .isEqualTo(
            """
            ID_0fbf6a978_epidural,0.0
            ID_0fbf6a978_intraparenchymal,1.0
            ID_0fbf6a978_intraventricular,0.5
            ID_0fbf6a978_subarachnoid,0.0000000000010
            ID_0fbf6a978_subdural,0.000000000000000000000000000000000000034028
            ID_0fbf6a978_any,0.12345679
            """);
  }

  @Test
  void allSixAreNeeded() {
    assertThat(Submission.isPossible(Subtype.ALL)).isTrue();
    assertThat(Submission.isPossible(Subtype.FIVE)).isFalse();
    assertThat(Submission.isPossible(List.of(Subtype.ANY))).isFalse();
    assertThatThrownBy(() -> Submission.lines("ID_0fbf6a978", List.of(0.5f)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
