package org.headct.ich.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.headct.ich.common.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers of settings, and what people are told about a mistake in one. */
class SettingsLoaderTest {
  @TempDir Path folder = Path.of("");

  @Test
  void laterFilesWinAndOverridesWinOverFiles() throws IOException {
    Path first = file("first.conf", "tensors { size = 128, row-group-rows = 16 }", "split.seed=1");
    Path second = file("second.conf", "tensors.size = 192");

    Settings files = SettingsLoader.load(List.of(first, second), List.of());
    assertThat(TensorsConfig.all(files).get(0).recipe().slice().size()).isEqualTo(192);
    assertThat(TensorsConfig.all(files).get(0).rowGroupRows()).isEqualTo(16);
    assertThat(SelectConfig.from(files).rule().seed()).isEqualTo(1);

    Settings set =
        SettingsLoader.load(List.of(first, second), List.of("tensors.size=64", "tensors.size=96"));
    assertThat(TensorsConfig.all(set).get(0).recipe().slice().size()).isEqualTo(96);
    assertThat(TensorsConfig.all(set).get(0).rowGroupRows()).isEqualTo(16);
  }

  @Test
  void listsTakeCommasAndUrisKeepTheirSlashes() {
    Settings settings =
        set(
            "dicom.input=s3a://bucket/dump//a, hdfs://name:8020/b",
            "warehouse.path=s3a://bucket/warehouse#1?x=y",
            "labels.input=one.csv");

    assertThat(DicomConfig.from(settings).input())
        .containsExactly("s3a://bucket/dump//a", "hdfs://name:8020/b");
    assertThat(WarehouseConfig.from(settings).warehouse())
        .isEqualTo("s3a://bucket/warehouse#1?x=y");
    assertThat(LabelsConfig.from(settings).input()).containsExactly("one.csv");
  }

  @Test
  void filesMayGiveOneTextForAListAndUseTheirOwnVariables() throws IOException {
    Path file =
        file(
            "a.conf",
            "labels.input = one.csv",
            "split.test = 0.3",
            "split.validation=${split.test}");

    Settings settings = SettingsLoader.load(List.of(file), List.of());
    assertThat(LabelsConfig.from(settings).input()).containsExactly("one.csv");
    assertThat(SelectConfig.from(settings).rule().validationFraction()).isEqualTo(0.3);
  }

  @Test
  void catalogPropertiesAreFree() throws IOException {
    Path file =
        file(
            "catalog.conf", "catalog { namespace = ct, properties { type = rest, \"s3.x\" = 1 } }");

    WarehouseConfig config =
        WarehouseConfig.from(
            SettingsLoader.load(List.of(file), List.of("catalog.properties.uri=http://c:8181/v1")));
    assertThat(config.namespace()).isEqualTo("ct");
    assertThat(config.catalogProperties())
        .containsOnly(
            java.util.Map.entry("type", "rest"),
            java.util.Map.entry("s3.x", "1"),
            java.util.Map.entry("uri", "http://c:8181/v1"));
  }

  @Test
  void unknownKeyNamesThePlaceAndTheNearest() throws IOException {
    Path file = file("local.conf", "# sizes", "tensors {", "  sise = 128", "}");

    assertRefused(
        () -> SettingsLoader.load(List.of(file), List.of()),
        "unknown key tensors.sise",
        "local.conf: 3",
        "did you mean tensors.size?");
    assertRefused(
        () -> set("select.midle-slices=3"),
        "unknown key select.midle-slices",
        "--set select.midle-slices=3",
        "did you mean select.middle-slices?");
    assertRefused(() -> set("tensors=128"), "unknown key tensors ");
    assertRefused(() -> set("tensors.size.x=128"), "unknown key tensors.size.x");
    assertRefused(() -> set("a..b=1"), "a..b");
    assertRefused(() -> set("split seed=1"), "split seed", "did you mean split.seed?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tensors.size                | 0          | in [64, 1024], got 0
          tensors.size                | 2048       | in [64, 1024], got 2048
          tensors.size                | big        | a whole number, got big
          tensors.size                | 128.5      | a whole number, got 128.5
          tensors.row-group-rows      | 7          | in [8, 4096], got 7
          tensors.head-mask           | perhaps    | true or false, got perhaps
          tensors.windows             | bran       | 'bran' is not a window
          tensors.windows             | brain,brain| twice
          tensors.datasets            | binary,ten | one of binary, multilabel, got ten
          select.balance              | half       | one of none, class-weights, got half
          select.middle-slices        | 0          | in [1, 1000], got 0
          split.unit                  | head       | one of patient, series, slice
          split.mode                  | loose      | loose
          split.test                  | 0.95       | in [0.0, 0.9], got 0.95
          split.test                  | NaN        | NaN
          split.seed                  | 1.5        | a whole number, got 1.5
          max-reject-ratio            | -0.1       | in [0.0, 1.0], got -0.1
          dicom.reader                | dcmtk      | one of builtin, dcm4che, got dcmtk
          dicom.split-bytes           | 1 KiB      | in [1048576, 4294967296] bytes, got 1024
          dicom.split-bytes           | much       | a size such as 64 MiB, got much
          phantoms.patients           | 0          | in [1, 1000000], got 0
          phantoms.thickness-mm       | 0          | in [0.1, 20.0], got 0
          phantoms.defects            | dents      | one of truncated
          """)
  void aWrongValueNamesKeyRangeValueAndPlace(String key, String value, String complaint)
      throws IOException {
    assertRefused(
        () -> readAll(set("labels.input=l", "dicom.input=d", key + "=" + value)),
        key,
        complaint,
        "--set " + key);

    Path file = file("local.conf", "", key + " = " + inFile(key, value));
    assertRefused(
        () -> readAll(SettingsLoader.load(List.of(file), List.of("dicom.input=d"))),
        key,
        complaint,
        "local.conf:2");
  }

  private static String inFile(String key, String value) {
    boolean list = key.endsWith("datasets") || key.endsWith("windows") || key.endsWith("defects");
    String quoted = "\"" + value + "\"";
    return list ? Arrays.toString(value.split(",")) : value.matches("[0-9.-]+") ? value : quoted;
  }

  @Test
  void aValueOfTheWrongShapeIsRefused() throws IOException {
    Path list = file("list.conf", "tensors.size = [1, 2]");
    assertRefused(
        () -> TensorsConfig.all(SettingsLoader.load(List.of(list), List.of())),
        "tensors.size must be a whole number",
        "list.conf:1");
    Path object = file("object.conf", "warehouse.path { a = 1 }");
    assertRefused(
        () -> WarehouseConfig.from(SettingsLoader.load(List.of(object), List.of())),
        "warehouse.path.a");
    Path nothing = file("null.conf", "tensors.size = null");
    assertRefused(
        () -> TensorsConfig.all(SettingsLoader.load(List.of(nothing), List.of())), "tensors.size");
    Path section = file("section.conf", "tensors = 3");
    assertRefused(
        () -> TensorsConfig.all(SettingsLoader.load(List.of(section), List.of())), "tensors");
  }

  @Test
  void emptyRequiredValuesSayHowToSetThem() {
    assertRefused(
        () -> LabelsConfig.from(SettingsLoader.defaults()),
        "labels.input is empty",
        "--set labels.input=PATH");
    assertRefused(() -> DicomConfig.from(set("dicom.input= , ")), "dicom.input is empty");
    assertRefused(() -> WarehouseConfig.from(set("warehouse.path=")), "warehouse.path is empty");
  }

  @Test
  void brokenFilesAndOverridesAreRefused() throws IOException {
    assertRefused(
        () -> SettingsLoader.load(List.of(folder.resolve("none.conf")), List.of()),
        "--config",
        "none.conf");
    assertRefused(
        () -> SettingsLoader.load(List.of(folder), List.of()), "--config", folder.toString());
    Path malformed = file("malformed.conf", "a = 1", "tensors { size = ");
    assertRefused(
        () -> SettingsLoader.load(List.of(malformed), List.of()), "--config", "malformed.conf: ");
    Path unresolved = file("unresolved.conf", "split.seed = ${nowhere}");
    assertRefused(
        () -> SettingsLoader.load(List.of(unresolved), List.of()),
        "--config",
        "unresolved.conf: 1",
        "nowhere");
    assertRefused(() -> set("tensors.size"), "--set takes key=value, got tensors.size");
    assertRefused(() -> set("=3"), "--set takes key=value, got =3");
  }

  private static void readAll(Settings settings) {
    TensorsConfig.all(settings);
    SelectConfig.from(settings);
    PhantomsConfig.from(settings);
    DicomConfig.reader(settings);
    DicomConfig.from(settings);
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static Settings set(String... overrides) {
    return SettingsLoader.load(List.of(), List.of(overrides));
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
