package org.headct.ich.jobs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SliceFindingsTable.Entry;
import org.headct.ich.jobs.testing.CtHeaders;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selections from dumps whose series are of many kinds, or whose ids are blank or constant. */
class SeriesKindsIT {
  private static final int SIZE = 16;
  private static final int SLICES = 7;
  private static final double[] CORONAL = {1, 0, 0, 0, 0, -1};
  private static final Pseudonyms PSEUDONYMS = new Pseudonyms("");

  @TempDir private Path folder = Path.of("");

  private final List<String> labels =
      new ArrayList<>(
          List.of("ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural"));

  /** A change of the header of the slice with this number. */
  private interface Change {
    void to(DicomHeaderBuilder header, int slice);
  }

  /** Writes a series whose slices get labels. */
  private void series(String patient, String study, String series, Change change)
      throws IOException {
    Path dump = Files.createDirectories(folder.resolve("dump"));
    for (int slice = 0; slice < SLICES; slice++) {
      String image = "ID_%012x".formatted(labels.size());
      DicomHeaderBuilder header =
          CtHeaders.axial(SIZE, 5.0 * slice)
              .sopInstanceUid(image)
              .patientId(patient)
              .studyInstanceUid(study)
              .seriesInstanceUid(series)
              .instanceNumber(slice + 1);
      change.to(header, slice);
      short[] pixels = new short[SIZE * SIZE];
      pixels[0] = (short) labels.size();
      Files.write(
          dump.resolve(image + ".dcm"),
          DicomWriter.write(header.build(), new StoredPixels(SIZE, SIZE, true, pixels)));
      labels.add(image + (slice % 2 == 0 ? ",1,0,1,0,0,0" : ",0,0,0,0,0,0"));
    }
  }

  private static Acquisition type(String imageType) {
    return Acquisition.NONE.withImageType(imageType);
  }

  private Pipeline audited(String... settings) throws IOException {
    Files.write(folder.resolve("labels.csv"), labels);
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("labels.input=" + folder.resolve("labels.csv"));
    all.add("dicom.input=" + folder.resolve("dump"));
    all.add("select.datasets=binary");
    Pipeline pipeline = new Pipeline(TestSpark.session(), folder, all.toArray(String[]::new));
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob());
    return pipeline;
  }

  private static Set<String> selectedSeries(Pipeline pipeline) {
    return pipeline.rows(new SelectionsTable()).stream().map(Selection::seriesId).collect(toSet());
  }

  private static Set<String> findings(Pipeline pipeline, String job) {
    Set<String> findings = new TreeSet<>();
    for (Entry entry : pipeline.rows(new SliceFindingsTable())) {
      if (entry.job().equals(job)) {
        findings.add(entry.reason() + " " + entry.object());
      }
    }
    return findings;
  }

  private static String id(String uid) {
    return PSEUDONYMS.of(uid);
  }

  @Test
  void onlyAxialSeriesAreSelectedUnlessOthersAreAskedFor() throws IOException {
    series("P", "1.1", "1.1.1", (h, i) -> h.acquisition(type("ORIGINAL\\PRIMARY\\AXIAL")));
    series(
        "P",
        "1.1",
        "1.1.2",
        (h, i) ->
            h.imageOrientation(CORONAL)
                .imagePositionMm(new double[] {0, 5 * i, 0})
                .acquisition(type("DERIVED\\SECONDARY\\REFORMATTED\\AVERAGE")));
    series("P", "1.1", "1.1.3", (h, i) -> h.acquisition(type("DERIVED\\SECONDARY\\MIP")));
    series("P", "1.1", "1.1.4", (h, i) -> h.acquisition(type("DERIVED\\SECONDARY\\CBF")));
    series("P", "1.1", "1.1.5", (h, i) -> h.acquisition(type("ORIGINAL\\PRIMARY\\LOCALIZER")));
    series(
        "P",
        "1.1",
        "1.1.6",
        (h, i) ->
            h.imageOrientation(null)
                .imagePositionMm(null)
                .acquisition(type("DERIVED\\SECONDARY\\SCREEN SAVE")));
    series("P", "1.1", "1.1.7", (h, i) -> h.acquisition(type("DERIVED\\SECONDARY\\REFORMATTED")));
    Pipeline pipeline = audited();

    pipeline.run(new SelectSlicesJob());

    assertThat(selectedSeries(pipeline)).containsExactlyInAnyOrder(id("1.1.1"), id("1.1.7"));
    assertThat(findings(pipeline, "select-slices"))
        .containsExactlyInAnyOrder(
            "NOT_AXIAL " + id("1.1.2"),
            "NOT_AXIAL " + id("1.1.3"),
            "NOT_AXIAL " + id("1.1.4"),
            "NOT_AXIAL " + id("1.1.5"),
            "NOT_AXIAL " + id("1.1.6"));
    assertThat(pipeline.sql("SELECT DISTINCT image_kind FROM ich.slices"))
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "axial", "reformat", "projection", "map", "localizer", "capture");

    pipeline.run(new SelectSlicesJob(), "select.kinds=axial,reformat");
    assertThat(selectedSeries(pipeline))
        .containsExactlyInAnyOrder(id("1.1.1"), id("1.1.2"), id("1.1.7"));
  }

  @Test
  void blankIdsMakeNeitherOnePatientNorOneSeries() throws IOException {
    for (int scan = 0; scan < 40; scan++) {
      String study = "1.2." + scan;
      series("", study, scan % 2 == 0 ? "" : study + ".1", (h, i) -> {});
    }
    series("", "", "", (h, i) -> {});
    Pipeline pipeline = audited();

    JobReport report = pipeline.run(new SelectSlicesJob());

    List<Selection> selections = pipeline.rows(new SelectionsTable());
    assertThat(selections).hasSize(40 * 5);
    assertThat(selectedSeries(pipeline)).hasSize(40);
    assertThat(selections.stream().map(Selection::patientId).collect(toSet()))
        .hasSize(40)
        .contains(id("1.2.0"), id("1.2.1"));
    assertThat(selections.stream().map(Selection::split).collect(toSet())).hasSize(3);
    assertThat(report.advice().warnings()).noneMatch(text -> text.startsWith("binary: "));
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .filteredOn(e -> e.job().equals("audit-dicom") && e.reason().equals("BLANK_ID"))
        .hasSize(41 * SLICES);
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .filteredOn(e -> e.job().equals("select-slices"))
        .hasSize(SLICES)
        .allMatch(e -> e.reason().equals("BLANK_ID"));
  }

  @Test
  void oneStudyUnderTwoPatientsStaysOnOneSide() throws IOException {
    for (int study = 0; study < 12; study++) {
      for (String half : List.of("A", "B")) {
        series(
            half + study,
            "1.3." + study,
            "1.3." + study + "." + (int) half.charAt(0),
            (h, i) -> {});
      }
    }
    Pipeline pipeline = audited("split.test=0.5");

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(report.facts())
        .containsEntry("binary: patients joined", "12")
        .hasEntrySatisfying(
            "binary: on two sides",
            text -> assertThat(text).startsWith("0 patients, 0 studies, 0 series"));
    JobReport bySeries = pipeline.run(new SelectSlicesJob(), "split.unit=series");
    assertThat(bySeries.facts().get("binary: on two sides"))
        .matches("0 patients, [1-9]\\d* studies, 0 series, .*");
  }

  @Test
  void aConstantPatientIsAWarning() throws IOException {
    for (int scan = 0; scan < 12; scan++) {
      series("ANON", "1.4." + scan, "1.4." + scan + ".1", (h, i) -> {});
    }
    Pipeline pipeline = audited();

    JobReport report = pipeline.run(new SelectSlicesJob());

    assertThat(String.join("; ", report.advice().warnings()))
        .contains("no images in ", "split.unit = patient", "only 1 patients in 12 series")
        .contains("patient " + id("ANON") + " has 12 of 12 studies: PatientID may be a constant");
  }

  @Test
  void thePlainSeriesIsToldByKernelAndContrast() throws IOException {
    series(
        "P",
        "1.5",
        "1.5.1",
        (h, i) -> h.acquisition(Acquisition.NONE.withConvolutionKernel("H60s")));
    series(
        "P",
        "1.5",
        "1.5.2",
        (h, i) -> h.acquisition(Acquisition.NONE.withContrastAgent("OMNIPAQUE")));
    series(
        "P",
        "1.5",
        "1.5.3",
        (h, i) -> h.acquisition(Acquisition.NONE.withConvolutionKernel("H31s")));
    series("Q", "1.6", "1.6.1", (h, i) -> {});
    series("Q", "1.6", "1.6.2", (h, i) -> {});
    Pipeline pipeline = audited("select.series=plain");

    pipeline.run(new SelectSlicesJob());

    assertThat(selectedSeries(pipeline)).hasSize(2).contains(id("1.5.3"));
    String equal =
        selectedSeries(pipeline).stream()
            .filter(s -> !s.equals(id("1.5.3")))
            .findFirst()
            .orElseThrow();
    assertThat(pipeline.rows(new SliceFindingsTable()))
        .filteredOn(e -> e.reason().equals("UNCLEAR_SERIES"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.object()).isEqualTo(equal);
              assertThat(e.detail()).endsWith(" is equal; the id decided");
            });
  }

  @Test
  void whatNothingOrdersIsNotSelected() throws IOException {
    series(
        "P",
        "1.7",
        "1.7.1",
        (h, i) -> h.imageOrientation(null).imagePositionMm(null).instanceNumber(1));
    series(
        "P",
        "1.7",
        "1.7.2",
        (h, i) ->
            h.imageOrientation(null)
                .imagePositionMm(null)
                .instanceNumber(i * 3 % SLICES)
                .acquisition(Acquisition.NONE.withSliceLocationMm(-5.0 * i)));
    Pipeline pipeline = audited();

    pipeline.run(new SelectSlicesJob());

    assertThat(selectedSeries(pipeline)).containsExactly(id("1.7.2"));
    assertThat(findings(pipeline, "select-slices"))
        .containsExactlyInAnyOrder(
            "NO_ORDER " + id("1.7.1"),
            "NO_GEOMETRY " + id("1.7.2"),
            "ORDER_CONFLICT " + id("1.7.2"));
  }
}
