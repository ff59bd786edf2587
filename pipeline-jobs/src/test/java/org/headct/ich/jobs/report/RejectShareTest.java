package org.headct.ich.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.report.JobReport.Builder;
import org.junit.jupiter.api.Test;

/** The share of damage in an input that also holds what is no CT image. */
class RejectShareTest {
  private static Builder audit(long in, Map<String, Long> rejected) {
    long sum = rejected.values().stream().mapToLong(Long::longValue).sum();
    Builder report = JobReport.of("audit-dicom", "r", bytes -> {}).books("objects", in, in - sum);
    rejected.forEach(report::rejected);
    return report.closeBooks();
  }

  @Test
  void whatIsNoCtImageIsNoDamage() {
    Builder report = audit(100, Map.of("NOT_CT", 20L, "OTHER_FILE", 7L, "TRUNCATED", 1L));

    assertThat(report.refuseAbove(0.05).done("").facts())
        .containsEntry(
            "set aside",
            "27 objects are no CT images and no damage {NOT_CT=20, OTHER_FILE=7};"
                + " damaged: 1 of the other 73 (1.4 %)");
  }

  @Test
  void damageIsComparedWithTheRest() {
    Builder report = audit(100, Map.of("NOT_CT", 90L, "TRUNCATED", 1L));

    assertThatThrownBy(() -> report.refuseAbove(0.05, () -> List.of("x.dcm TRUNCATED (cut)")))
        .isInstanceOf(DataRefusedException.class)
        .hasMessage(
            "audit-dicom: 1 of 10 objects were rejected {TRUNCATED=1}: 10.0 %, more than"
                + " max-reject-ratio = 0.05 allows; nothing was published. 90 more objects are no"
                + " CT images and not counted {NOT_CT=90}. For example x.dcm TRUNCATED (cut). Look"
                + " at the input, or raise the ratio with --set");
  }

  @Test
  void anInputWithoutAnyCtImageIsRefused() {
    Builder report = audit(9, Map.of("NOT_CT", 9L));

    assertThatThrownBy(() -> report.refuseAbove(0.5))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageStartingWith(
            "audit-dicom: none of 9 objects is a CT image {NOT_CT=9}; nothing was published.");
    assertThat(report.refuseAbove(1).done("").rejects()).isEqualTo(9);
  }

  @Test
  void withdrawnItemsAreNoDamage() {
    assertThat(audit(4, Map.of("WITHDRAWN", 4L)).refuseAbove(0).done("").facts()).isEmpty();
  }

  @Test
  void littleDamageDoesNotLookLikeNone() {
    assertThat(RejectShare.of(752_803, Map.of("TRUNCATED", 1L)).describe("objects", 0))
        .startsWith("1 of 752,803 objects were rejected {TRUNCATED=1}: 0.00013 %,");
  }
}
