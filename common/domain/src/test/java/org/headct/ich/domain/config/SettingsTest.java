package org.headct.ich.domain.config;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.headct.ich.domain.config.DatasetDefinition.Images;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.LabelForm;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.phantom.Defect;
import org.headct.ich.domain.phantom.PhantomLayout;
import org.headct.ich.domain.phantom.PhantomSettings;
import org.headct.ich.domain.sample.SplitMode;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.SeriesRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default of every setting, and the records that other values give. */
class SettingsTest {
  private static final List<String> INPUTS = List.of("labels.input=l.csv", "dicom.input=d");
  private static final DatasetDefinition BINARY = new DatasetDefinition("binary", Images.ALL);
  private static final DatasetDefinition MULTILABEL =
      new DatasetDefinition("multilabel", Images.POSITIVE);

  @Test
  void labelsExpectWhatTheyAreTold() {
    Settings settings =
        SettingsLoader.load(
            List.of(),
            List.of(
                "labels.input=l.csv",
                "labels.form=reads",
                "labels.removed-files=retract",
                "labels.prevalence.any=0.1,0.2",
                "labels.expected.images=752803",
                "labels.expected.epidural=3145"));

    LabelsConfig labels = LabelsConfig.from(settings);
    assertThat(labels.form()).contains(LabelForm.READS);
    assertThat(labels.removedFiles()).isEqualTo(LabelsConfig.RemovedFiles.RETRACT);
    assertThat(labels.prevalence())
        .containsEntry(Subtype.ANY, new LabelsConfig.Band(0.1, 0.2))
        .containsEntry(Subtype.SUBDURAL, new LabelsConfig.Band(0, 1));
    assertThat(labels.expectedImages()).hasValue(752_803);
    assertThat(labels.expectedPositives()).isEqualTo(Map.of(Subtype.EPIDURAL, 3145L));
  }

  @Test
  void maintainLeavesWhatIsYoung() {
    Settings settings = SettingsLoader.load(List.of(), List.of());
    assertThat(MaintainConfig.from(settings))
        .isEqualTo(new MaintainConfig(Duration.ofDays(7), 5, Duration.ofHours(72), true));

    Settings wrong = SettingsLoader.load(List.of(), List.of("maintain.orphan-hours=23"));
    assertThatThrownBy(() -> MaintainConfig.from(wrong))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("maintain.orphan-hours must be in [24, 876000]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prevalence.any=0.3",
        "prevalence.any=0.3,0.2",
        "prevalence.any=0,1.1",
        "prevalence.any=-1,1",
        "prevalence.any=few,many",
        "prevalence.any=NaN,1",
        "expected.any=-2",
        "names=[a"
      })
  void labelsRefuseWhatNoFileCanMeet(String wrong) {
    Settings settings =
        SettingsLoader.load(List.of(), List.of("labels.input=l.csv", "labels." + wrong));
    assertThatThrownBy(() -> LabelsConfig.from(settings))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "labels." + wrong.substring(0, wrong.indexOf('=')) + " must be ", "--set labels.");
  }

  @Test
  void defaults() {
    Settings settings = SettingsLoader.load(List.of(), INPUTS);

    assertThat(WarehouseConfig.from(settings))
        .isEqualTo(
            new WarehouseConfig(
                "ich-data/warehouse", "ich-data/models", "ich-data/reports", "", Map.of()));
    assertThat(LabelsConfig.from(settings))
        .isEqualTo(
            new LabelsConfig(
                List.of("l.csv"),
                new NamePattern("*"),
                Optional.empty(),
                LabelsConfig.RemovedFiles.KEEP,
                Subtype.ALL.stream().collect(toMap(s -> s, s -> new LabelsConfig.Band(0, 1))),
                OptionalLong.empty(),
                Map.of(),
                0.05));
    assertThat(DicomConfig.from(settings))
        .isEqualTo(
            new DicomConfig(
                List.of("d"),
                DicomConfig.Reader.BUILTIN,
                64L * 1024 * 1024,
                DicomConfig.Depth.HEADER,
                0.05));
    assertThat(SelectConfig.all(settings)).containsExactly(selected(BINARY), selected(MULTILABEL));
    assertThat(TensorsConfig.all(settings)).containsExactly(built("binary"), built("multilabel"));
    assertThat(PhantomsConfig.from(settings))
        .isEqualTo(
            new PhantomsConfig(
                "ich-data/phantoms",
                new PhantomSettings(20, 34, 512, 0.5, 2019, Set.of(), 5, 5, PhantomLayout.RSNA)));
  }

  private static SelectConfig selected(DatasetDefinition dataset) {
    return new SelectConfig(
        dataset,
        Set.of(ImageKind.AXIAL),
        SeriesRule.ALL,
        SelectConfig.Middle.COUNT,
        5,
        0.2,
        0,
        SelectConfig.Balance.CLASS_WEIGHTS,
        1,
        SplitUnit.PATIENT,
        SplitMode.STABLE,
        new SplitRule(2019, 0.2, 0.1));
  }

  private static TensorsConfig built(String dataset) {
    TensorSpec slice =
        new TensorSpec(
            256,
            List.of(
                new CtWindow("bone", 600, 2800),
                new CtWindow("brain", 40, 80),
                new CtWindow("subdural", 80, 200)),
            false);
    return new TensorsConfig(
        dataset,
        new TensorRecipe(slice, false, TensorRecipe.Values.UINT8),
        64,
        512,
        TensorsConfig.Order.IMAGE,
        2019,
        0.05);
  }

  /** Checks that the order is part of the layout, not of the recipe. */
  @Test
  void theLayoutIsNamedBehindTheRecipe() {
    TensorsConfig image = built("binary");
    TensorsConfig series =
        new TensorsConfig(
            "binary", image.recipe(), 64, 512, TensorsConfig.Order.SERIES, 2019, 0.05);
    assertThat(series.recipeText()).isEqualTo(image.recipeText() + ", by series");
    assertThat(TensorsConfig.withoutLayout(series.recipeText())).isEqualTo(image.recipe().text());
    assertThat(TensorsConfig.withoutLayout(image.recipeText())).isEqualTo(image.recipe().text());
    for (TensorsConfig config : List.of(image, series)) {
      String repaired =
          config.recipeText() + TensorsConfig.REPAIRED + "PADDING_RANGE,SQUARE_PIXELS";
      assertThat(repaired.replaceFirst(TensorsConfig.REPAIRS, "")).isEqualTo(config.recipeText());
    }
  }

  @Test
  void namesOfDefectsAndAll() {
    assertThat(defects("all")).containsExactlyInAnyOrder(Defect.values());
    assertThat(defects("rsna-wrap,not-dicom"))
        .containsExactlyInAnyOrder(Defect.RSNA_WRAP, Defect.NOT_DICOM);
  }

  private static Set<Defect> defects(String names) {
    Settings settings = SettingsLoader.load(List.of(), List.of("phantoms.defects=" + names));
    return PhantomsConfig.from(settings).settings().defects();
  }

  @Test
  void hashIsStableAndSeesOnlyItsPrefixes() {
    String[] prefixes = {"select", "split"};
    String before = SettingsLoader.defaults().hash(prefixes);

    assertThat(before).matches("[0-9a-f]{16}");
    assertThat(SettingsLoader.defaults().hash(prefixes)).isEqualTo(before);
    assertThat(hash("tensors.size=128", prefixes)).isEqualTo(before);
    assertThat(hash("labels.input=x.csv", prefixes)).isEqualTo(before);
    assertThat(hash("split.seed=2020", prefixes)).isNotEqualTo(before);
    assertThat(hash("select.middle-slices=6", prefixes)).isNotEqualTo(before);
    // A prefix is a whole name: "s" matches neither "select" nor "split".
    assertThat(hash("split.seed=2020", "s")).isEqualTo(hash("select.middle-slices=6", "s"));
    assertThat(hash("tensors.size=128")).isNotEqualTo(SettingsLoader.defaults().hash());
  }

  /** Checks that 0.2 hashes alike as a text (command line) and as a number (file). */
  @Test
  void hashDoesNotSeeHowAValueWasWritten() {
    String before = SettingsLoader.defaults().hash("split", "select");

    assertThat(hash("split.test=0.2", "split", "select")).isEqualTo(before);
    assertThat(hash("select.datasets=binary,multilabel", "split", "select")).isEqualTo(before);
  }

  /** Checks that a dataset's own value counts under the same prefix as the general key. */
  @Test
  void hashSeesDatasetsWhereTheyDecide() {
    String[] select = {"select", "split", "datasets"};
    String[] tensors = {"tensors", "datasets"};
    String selectBefore = SettingsLoader.defaults().hash(select);
    String tensorsBefore = SettingsLoader.defaults().hash(tensors);

    assertThat(hash("datasets.binary.split.seed=7", select)).isNotEqualTo(selectBefore);
    assertThat(hash("datasets.binary.split.seed=7", tensors)).isEqualTo(tensorsBefore);
    assertThat(hash("datasets.binary.tensors.size=128", select)).isEqualTo(selectBefore);
    assertThat(hash("datasets.binary.tensors.size=128", tensors)).isNotEqualTo(tensorsBefore);
    assertThat(hash("datasets.binary.images=positive", select)).isNotEqualTo(selectBefore);
    assertThat(hash("datasets.binary.images=positive", "select", "split"))
        .isEqualTo(SettingsLoader.defaults().hash("select", "split"));
  }

  /** Checks that the hash of a dataset's view depends on its values only, own or general. */
  @Test
  void hashOfADatasetDoesNotSeeTheOthers() {
    String before = binary("split.seed=2019");

    assertThat(binary("datasets.multilabel.split.seed=7")).isEqualTo(before);
    assertThat(binary("datasets.more.images=all")).isEqualTo(before);
    assertThat(binary("datasets.binary.split.seed=7"))
        .isEqualTo(binary("split.seed=7"))
        .isNotEqualTo(before);
  }

  private static String binary(String override) {
    return SettingsLoader.load(List.of(), List.of(override))
        .dataset("binary")
        .hash("select", "split", "datasets");
  }

  private static String hash(String override, String... prefixes) {
    return SettingsLoader.load(List.of(), List.of(override)).hash(prefixes);
  }

  @Test
  void jsonHoldsEveryKey() {
    String json = SettingsLoader.defaults().toJson();

    assertThat(json).startsWith("{").contains("\"middle-slices\":5", "\"row-group-rows\":64");
  }
}
