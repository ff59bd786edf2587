package org.headct.ich.domain.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each key of reference.conf changes exactly one record: no key is unused or read twice. */
class EveryKeyTest {
  private static final Map<String, Function<Settings, Object>> RECORDS =
      Map.ofEntries(
          entry("WarehouseConfig", WarehouseConfig::from),
          entry("WithdrawalsConfig", WithdrawalsConfig::from),
          entry("LabelsConfig", LabelsConfig::from),
          entry("DicomConfig", DicomConfig::from),
          entry("SelectConfig", SelectConfig::all),
          entry("TensorsConfig", TensorsConfig::all),
          entry("TrainConfig", TrainConfig::from),
          entry("EvaluateConfig", EvaluateConfig::from),
          entry("ClassifyConfig", ClassifyConfig::from),
          entry("PredictConfig", PredictConfig::from),
          entry("ExperimentConfig", EveryKeyTest::experiment),
          entry("ExploreConfig", ExploreConfig::from),
          entry("MaintainConfig", MaintainConfig::from),
          entry("PhantomsConfig", PhantomsConfig::from));

  /** Returns the other settings if the name is empty, because the record refuses an empty name. */
  private static Object experiment(Settings settings) {
    return settings.text("experiment.name").isEmpty()
        ? List.of(settings.texts("experiment.datasets"), settings.flag("experiment.classifiers"))
        : ExperimentConfig.from(settings);
  }

  /** A valid value of each key that differs from the default. */
  private static final Map<String, String> OTHER =
      Map.ofEntries(
          entry("warehouse.path", "other"),
          entry("models.path", "other"),
          entry("reports.path", "other"),
          entry("max-reject-ratio", "0.25"),
          entry("catalog.namespace", "ct"),
          entry("withdrawals.input", "other.txt"),
          entry("labels.input", "other.csv"),
          entry("labels.names", "*train*"),
          entry("labels.form", "wide"),
          entry("labels.removed-files", "retract"),
          entry("labels.prevalence.epidural", "0.1,0.2"),
          entry("labels.prevalence.intraparenchymal", "0.1,0.2"),
          entry("labels.prevalence.intraventricular", "0.1,0.2"),
          entry("labels.prevalence.subarachnoid", "0.1,0.2"),
          entry("labels.prevalence.subdural", "0.1,0.2"),
          entry("labels.prevalence.any", "0.1,0.2"),
          entry("labels.expected.images", "7"),
          entry("labels.expected.epidural", "7"),
          entry("labels.expected.intraparenchymal", "7"),
          entry("labels.expected.intraventricular", "7"),
          entry("labels.expected.subarachnoid", "7"),
          entry("labels.expected.subdural", "7"),
          entry("labels.expected.any", "7"),
          entry("dicom.input", "other"),
          entry("dicom.reader", "dcm4che"),
          entry("dicom.split-bytes", "2 MiB"),
          entry("audit.depth", "pixels"),
          entry("datasets.binary.images", "positive"),
          entry("datasets.multilabel.images", "all"),
          entry("select.datasets", "binary"),
          entry("select.kinds", "axial,reformat"),
          entry("select.series", "thin"),
          entry("select.sample", "7"),
          entry("experiment.name", "other"),
          entry("experiment.datasets", "multilabel"),
          entry("experiment.classifiers", "true"),
          entry("explore.core-hour-price", "0.05"),
          entry("select.rule", "fraction"),
          entry("select.middle-slices", "7"),
          entry("select.middle-fraction", "0.3"),
          entry("select.balance", "none"),
          entry("select.hybrid-ratio", "0.5"),
          entry("split.unit", "series"),
          entry("split.mode", "exact"),
          entry("split.seed", "7"),
          entry("split.test", "0.15"),
          entry("split.validation", "0.2"),
          entry("tensors.datasets", "binary"),
          entry("tensors.size", "128"),
          entry("tensors.windows", "brain"),
          entry("tensors.head-mask", "true"),
          entry("tensors.adjacent-slices", "true"),
          entry("tensors.values", "float32"),
          entry("tensors.row-group-rows", "32"),
          entry("tensors.file-rows", "1024"),
          entry("tensors.order", "series"),
          entry("train.run", "other"),
          entry("train.resume", "true"),
          entry("train.dataset", "multilabel"),
          entry("train.head", "multilabel"),
          entry("train.network", "resnet50"),
          entry("train.sequence", "lstm"),
          entry("train.sequence-units", "64"),
          entry("train.epochs", "3"),
          entry("train.batch-size", "8"),
          entry("train.workers", "3"),
          entry("train.averaging-frequency", "2"),
          entry("train.prefetch", "3"),
          entry("train.aggregation-depth", "1"),
          entry("train.learning-rate", "0.002"),
          entry("train.schedule", "constant"),
          entry("train.patience", "3"),
          entry("train.warm-up-epochs", "3"),
          entry("train.early-stopping", "7"),
          entry("train.optimizer", "adam"),
          entry("train.momentum", "0.5"),
          entry("train.weight-decay", "0.25"),
          entry("train.crop", "1"),
          entry("train.seed", "7"),
          entry("train.device", "gpu"),
          entry("train.mlflow", "http://tracking:5000"),
          entry("train.label-smoothing", "0.1"),
          entry("train.positive-weights", "balanced"),
          entry("train.weights", "other.h5"),
          entry("train.weights-input", "torch"),
          entry("train.freeze", "backbone"),
          entry("evaluate.run", "other"),
          entry("evaluate.split", "validation"),
          entry("evaluate.threshold", "0.25"),
          entry("evaluate.bootstrap", "200"),
          entry("evaluate.seed", "7"),
          entry("evaluate.pictures", "3"),
          entry("evaluate.heat-maps", "3"),
          entry("evaluate.robustness", "3"),
          entry("classify.run", "other"),
          entry("classify.folds", "3"),
          entry("classify.seed", "7"),
          entry("classify.svm-reg-params", "0.5,1"),
          entry("classify.svm-iterations", "20"),
          entry("classify.forest-trees", "20"),
          entry("classify.forest-depths", "3"),
          entry("classify.partition-size", "1 MiB"),
          entry("predict.run", "other"),
          entry("predict.dump", "week-47"),
          entry("predict.scan-slices", "3"),
          entry("predict.pages", "3"),
          entry("predict.pictures", "3"),
          entry("explore.pictures", "3"),
          entry("maintain.keep-days", "30"),
          entry("maintain.keep-snapshots", "3"),
          entry("maintain.orphan-hours", "24"),
          entry("maintain.compact", "false"),
          entry("phantoms.output", "other"),
          entry("phantoms.layout", "cq500"),
          entry("phantoms.patients", "3"),
          entry("phantoms.slices", "7"),
          entry("phantoms.thickness-mm", "2.5"),
          entry("phantoms.spacing-mm", "2.5"),
          entry("phantoms.size", "128"),
          entry("phantoms.prevalence", "0.25"),
          entry("phantoms.seed", "7"),
          entry("phantoms.defects", "not-dicom"));

  /**
   * The keys that several records read. Each record applies {@code max-reject-ratio} to its own
   * input; {@code datasets.binary.images} also decides the heads of the training.
   */
  private static final Map<String, List<String>> SHARED =
      Map.of(
          "max-reject-ratio",
          List.of("DicomConfig", "LabelsConfig", "TensorsConfig"),
          "select.kinds",
          List.of("SelectConfig", "PredictConfig"),
          "split.seed",
          List.of("SelectConfig", "TensorsConfig"),
          "datasets.binary.images",
          List.of("SelectConfig", "TrainConfig"));

  @Test
  void eachKeyMovesOneRecord() {
    Map<String, Object> before = records(List.of());
    for (String key : SettingsLoader.keys()) {
      assertThat(OTHER).as("another value for %s", key).containsKey(key);
      Map<String, Object> after = records(List.of(key + "=" + OTHER.get(key)));
      List<String> moved = new ArrayList<>();
      after.forEach(
          (name, record) -> {
            if (!record.equals(before.get(name))) {
              moved.add(name);
            }
          });
      List<String> shared = SHARED.get(key);
      assertThat(moved).as("records that read %s", key).hasSize(shared == null ? 1 : shared.size());
      if (shared != null) {
        assertThat(moved).containsExactlyInAnyOrderElementsOf(shared);
      }
    }
  }

  /** Checks that a dataset's own value of a key changes only that dataset. */
  @Test
  void eachDatasetMayHaveItsOwnValue() {
    Map<String, Object> before = records(List.of());
    int keys = 0;
    for (String key : DatasetKey.choices(SettingsLoader.keys())) {
      if (key.equals(DatasetKey.IMAGES)) {
        continue;
      }
      keys++;
      Map<String, Object> all = records(List.of(key + "=" + OTHER.get(key)));
      Map<String, Object> one =
          records(List.of("datasets.multilabel." + key + "=" + OTHER.get(key)));
      String record = key.startsWith("tensors.") ? "TensorsConfig" : "SelectConfig";
      assertThat(((List<?>) one.get(record)).get(0))
          .as("binary without %s of multilabel", key)
          .isEqualTo(((List<?>) before.get(record)).get(0));
      assertThat(((List<?>) one.get(record)).get(1))
          .as("multilabel with its own %s", key)
          .isEqualTo(((List<?>) all.get(record)).get(1))
          .isNotEqualTo(((List<?>) before.get(record)).get(1));
      one.remove(record);
      SHARED.getOrDefault(key, List.of()).forEach(one::remove);
      assertThat(before).as("other records and %s", key).containsAllEntriesOf(one);
    }
    assertThat(keys).isGreaterThan(10);
  }

  @Test
  void theListsOfThisTestNameRealKeys() {
    assertThat(SettingsLoader.keys()).containsAll(OTHER.keySet());
  }

  private static Map<String, Object> records(List<String> overrides) {
    List<String> all = new ArrayList<>(List.of("labels.input=l.csv", "dicom.input=d"));
    all.addAll(overrides);
    Settings settings = SettingsLoader.load(List.of(), all);
    Map<String, Object> records = new LinkedHashMap<>();
    RECORDS.forEach((name, from) -> records.put(name, from.apply(settings)));
    return records;
  }
}
