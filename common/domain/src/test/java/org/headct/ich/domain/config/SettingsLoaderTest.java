package org.headct.ich.domain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.SplitMode;
import org.headct.ich.domain.sample.SplitUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layers of settings, and the messages about mistakes in them. */
class SettingsLoaderTest {
  @TempDir Path folder = Path.of("");

  @Test
  void laterFilesWinAndOverridesWinOverFiles() throws IOException {
    Path first = file("first.conf", "tensors { size = 128, row-group-rows = 16 }", "split.seed=1");
    Path second = file("second.conf", "tensors.size = 192");

    Settings files = SettingsLoader.load(List.of(first, second), List.of());
    assertThat(tensors(files).recipe().slice().size()).isEqualTo(192);
    assertThat(tensors(files).rowGroupRows()).isEqualTo(16);
    assertThat(select(files).rule().seed()).isEqualTo(1);

    Settings set =
        SettingsLoader.load(List.of(first, second), List.of("tensors.size=64", "tensors.size=96"));
    assertThat(tensors(set).recipe().slice().size()).isEqualTo(96);
    assertThat(tensors(set).rowGroupRows()).isEqualTo(16);
  }

  private static TensorsConfig tensors(Settings settings) {
    return TensorsConfig.all(settings).get(0);
  }

  private static SelectConfig select(Settings settings) {
    return SelectConfig.all(settings).get(0);
  }

  @Test
  void datasetsHaveValuesOfTheirOwn() throws IOException {
    Path file =
        file(
            "more.conf",
            "datasets.by-slice { images = all, split { unit = slice, mode = exact } }",
            "datasets.binary.tensors.size = 128",
            "select.datasets = [by-slice, binary]",
            "tensors.datasets = [binary, by-slice]");
    Settings settings =
        SettingsLoader.load(
            List.of(file),
            List.of(
                "datasets.by-slice.tensors.windows=brain, blood:50/130",
                "datasets.by-slice.split.mode=stable",
                "split.test=0.15"));

    assertThat(SelectConfig.all(settings))
        .extracting(s -> s.dataset().name(), SelectConfig::unit, SelectConfig::mode)
        .containsExactly(
            tuple("by-slice", SplitUnit.SLICE, SplitMode.STABLE),
            tuple("binary", SplitUnit.PATIENT, SplitMode.STABLE));
    assertThat(SelectConfig.all(settings))
        .allSatisfy(s -> assertThat(s.rule().testFraction()).isEqualTo(0.15));
    assertThat(TensorsConfig.all(settings))
        .extracting(
            TensorsConfig::dataset,
            t -> t.recipe().slice().size(),
            t -> String.join(",", t.recipe().channelNames()))
        .containsExactly(
            tuple("binary", 128, "bone:600/2800,brain:40/80,subdural:80/200"),
            tuple("by-slice", 256, "brain:40/80,blood:50/130"));
    assertThat(settings.datasets()).containsExactly("binary", "by-slice", "multilabel");
  }

  @Test
  void mistakesInDatasetsNameWhatWasTyped() throws IOException {
    assertRefused(
        () -> set("datasets.mine.images=all", "datasets.mine.split.unti=slice"),
        "unknown key datasets.mine.split.unti",
        "--set datasets.mine.split.unti=slice",
        "did you mean datasets.mine.split.unit?");
    assertRefused(() -> set("datasets.mine.image=all"), "did you mean datasets.mine.images?");
    assertRefused(
        () -> set("datasets.mine.select.datasets=binary"),
        "unknown key datasets.mine.select.datasets");
    assertRefused(() -> set("datasets.mine.train.epochs=3"), "datasets.mine.train.epochs");
    assertRefused(() -> set("datasets.mine=all"), "did you mean datasets.mine.images?");
    assertRefused(
        () -> set("datasets.mine.split.unit=slice"),
        "datasets.mine does not say which images",
        "--set datasets.mine.split.unit=slice",
        "--set datasets.mine.images=all");
    assertRefused(() -> set("datasets.By_Slice.images=all"), "got By_Slice", "lower-case");
    assertRefused(() -> set("datasets..images=all"), "datasets..images");
    Settings wrong =
        set(
            "datasets.mine.images=all",
            "tensors.datasets=binary,mine",
            "datasets.mine.tensors.size=9",
            "select.datasets=mine",
            "datasets.mine.split.mode=",
            "train.dataset=yours");
    assertRefused(
        () -> TensorsConfig.all(wrong),
        "datasets.mine.tensors.size must be in [64, 1024], got 9 (--set datasets.mine.tensors.size=9)");
    assertRefused(() -> SelectConfig.all(wrong), "datasets.mine.split.mode must be one of");
    assertRefused(
        () -> TrainConfig.from(wrong),
        "train.dataset must be one of binary, mine, multilabel",
        "got yours (--set train.dataset=yours)",
        "--set datasets.NAME.images=all");
    assertRefused(() -> wrong.dataset("theirs"), "theirs", "binary, mine, multilabel");
    assertRefused(() -> SelectConfig.all(set("select.datasets=,")), "select.datasets must be one");

    Path file = file("mine.conf", "datasets.mine {", " images = some", "}");
    assertRefused(
        () -> SelectConfig.all(SettingsLoader.load(List.of(file), List.of("select.datasets=mine"))),
        "datasets.mine.images must be one of all, positive, got some",
        "mine.conf:2");
    Path empty = file("empty.conf", "", "datasets.mine {}");
    assertRefused(
        () -> SettingsLoader.load(List.of(empty), List.of()), "datasets.mine", "empty.conf:2");
    Path odd = file("odd.conf", "datasets.\"a$b\" {}");
    assertRefused(() -> SettingsLoader.load(List.of(odd), List.of()), "got a$b (", "odd.conf:1");
    Path hidden = file("hidden.conf", "datasets.binary = null");
    assertRefused(
        () -> SettingsLoader.load(List.of(hidden), List.of()), "datasets.binary", "hidden.conf:1");
    Path none = file("none-at-all.conf", "datasets = null");
    assertRefused(() -> SettingsLoader.load(List.of(none), List.of()), "datasets must be");
    Path nothing = file("nothing.conf", "datasets.binary.tensors.size = null");
    assertRefused(
        () -> TensorsConfig.all(SettingsLoader.load(List.of(nothing), List.of())),
        "datasets.binary.tensors.size must be a whole number, got null");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /a,/b                           | /a ; /b
          [/a,/b]                         | /a ; /b
          [ /a , /b , ]                   | /a ; /b
          ["/a b","/c,d"]                 | /a b ; /c,d
          [ "/a b" , /c d ]               | /a b ; /c d
          ["[ab]*.csv", "/x]", "/{a,b}"]  | [ab]*.csv ; /x] ; /{a,b}
          ["/a\\\\b","/say \\"c\\"","\\u00e9"] | /a\\b ; /say "c" ; é
          [s3a://b/x//y, hdfs://h:8020/y] | s3a://b/x//y ; hdfs://h:8020/y
          [/a/[0-9]/*.dcm, /{b}/c?.zip]   | /a/[0-9]/*.dcm ; /{b}/c?.zip
          [C/x y/z.zip,/a#1,${HOME}/$x]   | C/x y/z.zip ; /a#1 ; ${HOME}/$x
          [/a+b=c&d@e!,'/f']              | /a+b=c&d@e! ; '/f'
          [/only]                         | /only
          ["/a",""]                       | /a
          ./[ab]*.csv                     | ./[ab]*.csv
          """)
  void listsAreTextsBetweenCommasOrInBrackets(String value, String items) {
    assertThat(DicomConfig.from(set("dicom.input=" + value)).input())
        .containsExactly(items.split(" ; "));
  }

  /** Checks that any text survives in the quotes that Typesafe's own writer makes. */
  @Test
  void anyTextIsAnItemInQuotes() {
    Random random = new Random(2019);
    String letters = "ab/,[]{}\"\\'#$:= \t\u00e9\u4e2d*?";
    for (int run = 0; run < 500; run++) {
      List<String> items = new ArrayList<>();
      for (int item = 0; item <= run % 4; item++) {
        StringBuilder text = new StringBuilder("/");
        for (int i = 0; i < run % 9; i++) {
          text.append(letters.charAt(random.nextInt(letters.length())));
        }
        items.add(text.append('.').toString());
      }
      String quoted =
          items.stream().map(ConfigUtil::quoteString).collect(Collectors.joining(" , ", "[", "]"));
      assertThat(DicomConfig.from(set("dicom.input=" + quoted)).input()).isEqualTo(items);
    }
  }

  @Test
  void everyListTakesBrackets() {
    Settings settings =
        set(
            "labels.prevalence.any=[0.1, 0.2]",
            "classify.forest-depths=[3,\"7\"]",
            "classify.svm-reg-params=[1e-3]",
            "phantoms.defects=[all]",
            "labels.input=[\"a,b.csv\"]",
            "withdrawals.input=[]",
            "datasets.by-slice.images=all",
            "datasets.by-slice.tensors.windows=[brain, \"blood:50/130\"]",
            "select.datasets=[binary, by-slice]",
            "tensors.datasets=[\"by-slice\"]");

    LabelsConfig labels = LabelsConfig.from(settings);
    assertThat(labels.input()).containsExactly("a,b.csv");
    assertThat(labels.prevalence().get(Subtype.ANY)).isEqualTo(new LabelsConfig.Band(0.1, 0.2));
    assertThat(settings.integers("classify.forest-depths", 1, 30)).containsExactly(3, 7);
    assertThat(settings.numbers("classify.svm-reg-params", 0, 1)).containsExactly(0.001);
    assertThat(PhantomsConfig.from(settings)).isNotNull();
    assertThat(WithdrawalsConfig.from(settings).input()).isEmpty();
    assertThat(SelectConfig.all(settings))
        .extracting(s -> s.dataset().name())
        .containsExactly("binary", "by-slice");
    assertThat(tensors(settings).recipe().channelNames())
        .containsExactly("brain:40/80", "blood:50/130");
    assertThat(set("warehouse.path=[a]").text("warehouse.path")).isEqualTo("[a]");
    assertRefused(() -> DicomConfig.from(set("dicom.input=[]")), "dicom.input is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [                | does not end with ]; write a path that begins with [ as ["[ab]*.csv"]
          [/a,/b           | does not end with ]
          [ab]*.csv        | does not end with ]
          [ab]*.csv,[cd]   | into double quotes: ab]*.csv
          [/a/{b,c}/*.dcm] | into double quotes: /a/{b
          [/a,,/b]         | an item is missing before ,/b]
          [,]              | an item is missing before ,]
          ["/a" "/b"]      | a comma must follow the quoted item before "/b"]
          ["/a"b]          | a comma must follow the quoted item before b]
          ["/a","/b]       | a double quote is not closed in "/b]
          ["/a\\"]           | a double quote is not closed in "/a\\"]
          ["/a\\]            | a double quote is not closed in "/a\\]
          ["C:\\x"]          | not a JSON string; write \\\\ for a backslash: "C:\\x"
          [/a "b"]         | put the whole item into double quotes, with \\" for a quote: /a "b"
          """)
  void aMalformedListSaysWhere(String value, String complaint) {
    assertRefused(
        () -> set("dicom.input=" + value),
        "dicom.input must be a list such as [\"a b\",\"c,d\"] or a,b, got " + value + " (--set): ",
        complaint);
    assertRefused(
        () -> set("datasets.mine.images=all", "datasets.mine.tensors.windows=" + value),
        "datasets.mine.tensors.windows must be a list",
        complaint);
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
    assertThat(select(settings).rule().validationFraction()).isEqualTo(0.3);
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
          tensors.datasets            | binary,ten | one of binary, multilabel (define
          select.balance              | half       | one of none, class-weights, hybrid, got half
          select.hybrid-ratio         | 0          | in (0, 1], got 0
          select.hybrid-ratio         | 1.1        | in (0, 1], got 1.1
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
        "--set labels.input=VALUE");
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
        "nowhere",
        "set it in the environment");
    assertRefused(() -> set("tensors.size"), "--set takes key=value, got tensors.size");
    assertRefused(() -> set("=3"), "--set takes key=value, got =3");
  }

  private static void readAll(Settings settings) {
    TensorsConfig.all(settings);
    SelectConfig.all(settings);
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
