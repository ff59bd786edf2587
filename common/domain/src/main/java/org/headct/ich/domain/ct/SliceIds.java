package org.headct.ich.domain.ct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.ct.SliceAudit.Note;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.jspecify.annotations.Nullable;

/**
 * The pseudonyms that say whose slice it is. A blank id groups nothing: all that lack one would
 * become one patient or one series. The next smaller group that the header names replaces it.
 *
 * <ul>
 *   <li>Patient: PatientID, else the study, else the series, else the image.
 *   <li>Study: StudyInstanceUID, else none.
 *   <li>Series: SeriesInstanceUID, else the study's or the patient's images with one kernel and one
 *       SeriesNumber, else with one AcquisitionNumber. A study without either number is one series
 *       for each kernel and thickness. Without a study and a number there is none.
 * </ul>
 *
 * @param patientId pseudonym of the patient, never blank
 * @param studyId pseudonym of the study, or blank
 * @param seriesId pseudonym of the series, or blank
 * @param note the finding about blank ids, or null
 */
record SliceIds(String patientId, String studyId, String seriesId, @Nullable Note note) {

  /**
   * Returns the ids of an object.
   *
   * @param imageId pseudonym of its image
   */
  static SliceIds of(DicomHeader header, String imageId, Pseudonyms pseudonyms) {
    List<String> blank = new ArrayList<>();
    String study = pseudonyms.of(header.studyInstanceUid());
    if (study.isEmpty()) {
      blank.add("no StudyInstanceUID");
    }
    String patient = pseudonyms.of(header.patientId());
    String series = pseudonyms.of(header.seriesInstanceUid());
    if (series.isEmpty()) {
      Optional<Substitute> substitute = substitute(header, study, patient);
      series = substitute.map(s -> pseudonyms.of(s.key())).orElse("");
      blank.add(
          "no SeriesInstanceUID: "
              + substitute.map(Substitute::text).orElse("the image belongs to no series"));
    }
    if (patient.isEmpty()) {
      blank.add(
          "no PatientID: the %s counts as the patient"
              .formatted(study.isEmpty() ? series.isEmpty() ? "image" : "series" : "study"));
      patient = study.isEmpty() ? series.isEmpty() ? imageId : series : study;
    }
    Note note = blank.isEmpty() ? null : new Note(SliceReason.BLANK_ID, String.join("; ", blank));
    return new SliceIds(patient, study, series, note);
  }

  /** A key for the images of a series, with a text for users. */
  private record Substitute(String key, String text) {}

  private static Optional<Substitute> substitute(DicomHeader header, String study, String patient) {
    Acquisition acquisition = header.acquisition();
    String whole = study.isEmpty() ? patient : study;
    String group = study.isEmpty() ? "patient" : "study";
    String kernel = acquisition.convolutionKernel();
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    if (acquisition.seriesNumber() != null) {
      return Optional.of(
          new Substitute(
              "series %s %d %s".formatted(whole, acquisition.seriesNumber(), kernel),
              "images of one %s and SeriesNumber are a series".formatted(group)));
    }
    if (acquisition.acquisitionNumber() != null) {
      return Optional.of(
          new Substitute(
              "acquisition %s %d %s".formatted(whole, acquisition.acquisitionNumber(), kernel),
              "images of one %s and AcquisitionNumber are a series".formatted(group)));
    }
    return study.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Substitute(
                "study %s %s %s".formatted(study, header.sliceThicknessMm(), kernel),
                "images of one study and thickness are a series"));
  }
}
