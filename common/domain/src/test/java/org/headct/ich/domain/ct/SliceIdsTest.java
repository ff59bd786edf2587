package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.junit.jupiter.api.Test;

/** Blank ids group nothing together. */
class SliceIdsTest {
  private final Pseudonyms pseudonyms = new Pseudonyms("secret");

  private SliceIds ids(String patient, String study, String series, Acquisition acquisition) {
    return SliceIds.of(
        DicomHeader.builder()
            .patientId(patient)
            .studyInstanceUid(study)
            .seriesInstanceUid(series)
            .acquisition(acquisition)
            .build(),
        "ID_0000000001",
        pseudonyms);
  }

  private static String detail(SliceIds ids) {
    SliceAudit.Note note = Objects.requireNonNull(ids.note());
    assertThat(note.reason()).isEqualTo(SliceReason.BLANK_ID);
    return note.detail();
  }

  private static Acquisition numbers(Integer series, Integer acquisition) {
    return Acquisition.NONE.withNumbers(series, acquisition);
  }

  @Test
  void wholeIdsAreThePseudonyms() {
    SliceIds ids = ids("P", "1.2", "1.2.3", Acquisition.NONE);
    assertThat(ids)
        .isEqualTo(
            new SliceIds(pseudonyms.of("P"), pseudonyms.of("1.2"), pseudonyms.of("1.2.3"), null));
  }

  @Test
  void aBlankPatientIsTheStudyThenTheSeriesThenTheImage() {
    SliceIds byStudy = ids("", "1.2", "1.2.3", Acquisition.NONE);
    assertThat(byStudy.patientId()).isEqualTo(pseudonyms.of("1.2"));
    assertThat(detail(byStudy)).isEqualTo("no PatientID: the study counts as the patient");
    SliceIds bySeries = ids("", "", "1.2.3", Acquisition.NONE);
    assertThat(bySeries.patientId()).isEqualTo(pseudonyms.of("1.2.3"));
    SliceIds byImage = ids("", "", "", numbers(1, 1));
    assertThat(byImage.patientId()).isEqualTo("ID_0000000001");
    assertThat(byImage.seriesId()).isEmpty();
    assertThat(detail(byImage))
        .isEqualTo(
            "no StudyInstanceUID; no SeriesInstanceUID: the image belongs to no series;"
                + " no PatientID: the image counts as the patient");
  }

  @Test
  void aBlankSeriesIsTheStudyWithItsNumberAndKernel() {
    SliceIds one = ids("P", "1.2", "", numbers(2, 7));
    assertThat(one.seriesId())
        .startsWith("ID_")
        .isEqualTo(ids("P", "1.2", "", numbers(2, 8)).seriesId());
    assertThat(one.seriesId())
        .isNotEqualTo(ids("P", "1.3", "", numbers(2, 7)).seriesId())
        .isNotEqualTo(ids("P", "1.2", "", numbers(3, 7)).seriesId())
        .isNotEqualTo(ids("P", "1.2", "", numbers(2, 7).withConvolutionKernel("BONE")).seriesId());
    assertThat(detail(one))
        .isEqualTo("no SeriesInstanceUID: images of one study and SeriesNumber are a series");
  }

  @Test
  void withoutASeriesNumberTheAcquisitionDecidesThenTheStudy() {
    assertThat(ids("P", "1.2", "", numbers(null, 1)).seriesId())
        .isNotEqualTo(ids("P", "1.2", "", numbers(null, 2)).seriesId());
    SliceIds study = ids("P", "1.2", "", Acquisition.NONE);
    assertThat(study.seriesId()).startsWith("ID_");
    assertThat(detail(study)).contains("images of one study and thickness are a series");
  }

  @Test
  void aPatientWithoutStudyAndNumberIsNoSeries() {
    assertThat(ids("P", "", "", Acquisition.NONE).seriesId()).isEmpty();
    assertThat(ids("P", "", "", numbers(1, null)).seriesId()).startsWith("ID_");
  }
}
