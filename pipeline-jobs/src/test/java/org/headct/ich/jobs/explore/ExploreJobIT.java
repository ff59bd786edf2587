package org.headct.ich.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Bench;
import org.headct.ich.jobs.testing.SliceRows;
import org.headct.ich.pages.ContactSlice;
import org.headct.ich.pages.ExploreReport.FindingCount;
import org.headct.ich.pages.ExploreReport.LabelCount;
import org.headct.ich.pages.ExploreReport.PairCount;
import org.headct.ich.pages.ExploreReport.PositionCount;
import org.headct.ich.pages.ExploreReport.SeriesLength;
import org.headct.ich.pages.ExploreReport.SplitCount;
import org.headct.ich.pages.ExploreReport.SplitCount.ClassCount;
import org.headct.ich.pages.browser.Chromium;
import org.headct.ich.pages.browser.PageChecks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreJobIT {
  private static final int EPIDURAL = 1;
  private static final int SUBDURAL = 16;
  private static final int ANY = 32;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder, "explore.pictures=4");
  }

  @Test
  void withoutAnyTableItNamesWhatToRun() {
    assertThatThrownBy(() -> bench.run(new ExploreJob()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("nothing to explore")
        .hasMessageEndingWith("run reshape-labels or audit-dicom first");
  }

  @Test
  void labelsAloneGiveAPageThatSaysWhatIsMissing() throws Exception {
    fillLabels();
    bench.run(new ExploreJob());
    assertThat(page())
        .contains("-- ich.slices does not exist yet: run audit-dicom.")
        .contains("run build-tensors")
        .contains("[4,2]")
        .contains("66.7%")
        .contains("slices are of real patients")
        .doesNotContain("data:image/png");
  }

  @Test
  void thePageHasTheNumbersTheQueriesAndThePictures() throws Exception {
    fillLabels();
    fillSlices();
    fillTensors();
    bench.run(new ExploreJob());
    String page = page();
    assertThat(page)
        .contains("synthetic phantoms made by make-phantoms")
        .contains("<dt>Series</dt><dd>2</dd>")
        .contains("<dt>Patients</dt><dd>1</dd>")
        .contains("FROM ich.label_findings")
        .contains("6 rows")
        .contains("snapshot " + bench.context().warehouse().snapshot(new LabelsTable()))
        .contains("not stated")
        .contains("brain 40/80");
    assertThat(page.split("data:image/png;base64,", -1)).hasSize(1 + 4 * 2);
    assertThat(page)
        .contains("Distance between slices (mm)")
        .contains("Leakage between the parts")
        .contains("FROM ich.label_findings.snapshots")
        .doesNotContain("file:/dump");
    assertThat(bench.output()).isEmpty();
    // The browser check comes last, because without a browser it skips the rest of the test.
    try (Chromium browser = Chromium.start()) {
      PageChecks.all(browser, folder.resolve("reports/explore.html"));
    }
  }

  @Test
  void labelsAreCountedByClassAndByPair() {
    fillLabels();
    ExploreAnswers answers = new ExploreAnswers(bench.context());
    assertThat(answers.to(Question.PREVALENCE, ReportRows::label).rows())
        .containsExactly(
            new LabelCount("any", 4, 2),
            new LabelCount("epidural", 3, 3),
            new LabelCount("intraparenchymal", 0, 6),
            new LabelCount("intraventricular", 0, 6),
            new LabelCount("subarachnoid", 0, 6),
            new LabelCount("subdural", 2, 4));
    assertThat(answers.to(Question.CO_OCCURRENCE, ReportRows::pair).rows())
        .hasSize(15)
        .contains(
            new PairCount("epidural", "epidural", 3),
            new PairCount("epidural", "subdural", 1),
            new PairCount("subdural", "subdural", 2),
            new PairCount("intraparenchymal", "subdural", 0));
  }

  @Test
  void aSliceStandsWhereItsPlaneIsNotWhereItsNumberSays() {
    fillLabels();
    fillSlices();
    ExploreAnswers answers = new ExploreAnswers(bench.context());
    assertThat(answers.to(Question.SERIES_LENGTHS, ReportRows::seriesLength).rows())
        .containsExactly(new SeriesLength(1, 1), new SeriesLength(5, 1));
    assertThat(answers.to(Question.POSITIVES_BY_POSITION, ReportRows::position).rows())
        .filteredOn(one -> one.name().equals("any"))
        .containsExactly(
            // Five slices are at relative positions 0, 1/4, ... 1; a series of one slice has
            // none.
            new PositionCount("any", 0.025, 1, 0),
            new PositionCount("any", 0.275, 1, 1),
            new PositionCount("any", 0.525, 1, 1),
            new PositionCount("any", 0.775, 1, 1),
            new PositionCount("any", 0.975, 1, 0));
  }

  @Test
  void findingsAndPartsAreCounted() {
    fillLabels();
    fillSlices();
    fillTensors();
    ExploreAnswers answers = new ExploreAnswers(bench.context());
    assertThat(answers.to(Question.LABEL_REASONS, ReportRows::finding).rows())
        .containsExactly(
            new FindingCount("DUPLICATE_ROW", 2), new FindingCount("MALFORMED_ROW", 1));
    assertThat(answers.to(Question.SLICE_REASONS, ReportRows::finding).rows())
        .containsExactly(new FindingCount("SHORT_SERIES", 1));
    assertThat(answers.to(Question.SPLITS, ReportRows::split).rows())
        .containsExactly(
            split("binary: train", 1, 2, 5, 3, 2), split("binary: test", 1, 1, 1, 0, 0));
  }

  @Test
  void theContactSheetTakesTheClassesInTurn() {
    fillLabels();
    fillTensors();
    List<ContactSlice> slices = contactSheet(4);
    assertThat(slices.get(0).truth()).contains("epidural");
    assertThat(slices).extracting(ContactSlice::truth).contains(List.of());
    assertThat(slices).extracting(ContactSlice::imageId).doesNotHaveDuplicates();
    assertThat(contactSheet(4)).isEqualTo(slices);
    assertThat(contactSheet(100)).hasSize(6);
    assertThat(contactSheet(0)).isEmpty();
  }

  private List<ContactSlice> contactSheet(int pictures) {
    ExploreAnswers answers = new ExploreAnswers(bench.context());
    return ContactSheet.of(bench.context(), answers, "binary", pictures).rows();
  }

  private static SplitCount split(
      String name, long patients, long series, long images, long epidural, long subdural) {
    long any = images == 1 ? 0 : 4;
    return new SplitCount(
        name,
        patients,
        series,
        images,
        List.of(
            new ClassCount("epidural", epidural),
            new ClassCount("intraparenchymal", 0),
            new ClassCount("intraventricular", 0),
            new ClassCount("subarachnoid", 0),
            new ClassCount("subdural", subdural),
            new ClassCount("any", any)));
  }

  /** Returns the labels of images ID_0 to ID_5: 1, 2, 3 and 5 bleed; 0 and 4 do not. */
  private static List<ImageLabels> labels() {
    return List.of(
        new ImageLabels("ID_0", 0),
        new ImageLabels("ID_1", ANY | EPIDURAL),
        new ImageLabels("ID_2", ANY | EPIDURAL),
        new ImageLabels("ID_3", ANY | EPIDURAL | SUBDURAL),
        new ImageLabels("ID_4", 0),
        new ImageLabels("ID_5", ANY | SUBDURAL));
  }

  private void fillLabels() {
    bench.fill(new LabelsTable(), labels());
  }

  /** Writes ID_0 to ID_4 in one tilted series, numbered from the top, and ID_5 alone in another. */
  private void fillSlices() {
    List<SlicesTable.Slice> slices = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      slices.add(slice("ID_" + i, i < 5 ? "S_1" : "S_2", 5 - i, i * 5.0));
    }
    bench.fill(new SlicesTable(), slices);
    bench.fill(
        new LabelFindingsTable(),
        List.of(
            new LabelFindingsTable.Entry("1", "DUPLICATE_ROW", "ID_0", "a.csv", 7, 6, ""),
            new LabelFindingsTable.Entry("2", "DUPLICATE_ROW", "ID_1", "a.csv", 9, 6, ""),
            new LabelFindingsTable.Entry("3", "MALFORMED_ROW", "", "a.csv", 11, 1, "x")));
    bench.fill(
        new SliceFindingsTable(),
        List.of(
            new SliceFindingsTable.Entry(
                "select-slices", "S_2", "SHORT_SERIES", false, "", "1 slice")));
  }

  /**
   * Returns a slice at a height in mm along the normal of a gantry tilted by 30°. Its z falls as
   * the height rises.
   */
  private static SlicesTable.Slice slice(
      String imageId, String seriesId, int instance, double alongMm) {
    double c = Math.cos(Math.toRadians(30));
    double s = Math.sin(Math.toRadians(30));
    // Row along x, column (0, c, s): the normal is (0, -s, c). Shear along the column
    // reverses z.
    double shear = -3 * alongMm;
    return new SlicesTable.Slice(
        imageId,
        0,
        new SlicesTable.Location("file:/dump/" + imageId + ".dcm", "", 0, 100, 100, false, 1L),
        new SlicesTable.Identity("P_1", "T_1", seriesId, instance),
        new SlicesTable.Geometry(
            List.of(0.0, shear * c - alongMm * s, shear * s + alongMm * c),
            List.of(1.0, 0.0, 0.0, 0.0, c, s),
            List.of(0.5, 0.5),
            5.0),
        SliceRows.description(),
        SlicesTable.Description.NONE,
        "",
        "HEADCT_ICH",
        SlicesTable.Content.unread(List.of()));
  }

  private void fillTensors() {
    List<Selection> selections = new ArrayList<>();
    List<TensorsTable.Tensor> tensors = new ArrayList<>();
    for (ImageLabels labels : labels()) {
      boolean test = labels.imageId().equals("ID_4");
      String series = labels.imageId().equals("ID_5") ? "S_2" : "S_1";
      Selection selection =
          new Selection(
              "binary",
              labels.imageId(),
              "P_1",
              series,
              0,
              5,
              test ? "test" : "train",
              1,
              1,
              null,
              null);
      byte[] pixels = new byte[2 * 64 * 64];
      Arrays.fill(pixels, (byte) (40 * labels.bits()));
      selections.add(selection);
      tensors.add(
          new TensorsTable.Tensor(
              new TensorsTable.Place(
                  "binary", labels.imageId(), "P_1", series, 0, test ? "test" : "train", 1),
              labels,
              new TensorsTable.Form(
                  2, 64, 64, "brain:40/80,bone:600/2800", "uint8", null, "by hand"),
              new TensorsTable.Origin(null, null),
              pixels));
    }
    bench.fill(new SelectionsTable(), selections);
    bench.fill(new TensorsTable(), tensors);
  }

  private String page() throws Exception {
    return Files.readString(folder.resolve("reports/explore.html"));
  }
}
