package org.headct.ich.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.headct.ich.jobs.testing.Bench;
import org.headct.ich.pages.element.Pictures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorSheetIT {
  private static final int SIZE = 64;
  private static final Pattern TILE =
      Pattern.compile("<li[^>]*>\\s*<h4>(ID_\\w+)</h4>(.*?)</li>", Pattern.DOTALL);
  private static final Pattern LABEL = Pattern.compile("<p>Label: (.*?)</p>");

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  @Test
  void thePageHasSoManySlicesOfEveryClassWithTheirLabels() throws Exception {
    List<Tensor> tensors = fill();
    JobReport report = bench.run(new ExploreJob(), "--tensors", "12");
    Map<String, String> tiles = tiles();
    assertThat(report.written()).containsEntry("page", page().toString());
    assertThat(folder.resolve("reports/explore.html")).doesNotExist();
    assertThat(tiles).hasSize(12);
    assertThat(tiles.values()).allMatch(tile -> tile.split("data:image/png", -1).length == 1 + 2);
    for (Subtype subtype : Subtype.FIVE) {
      assertThat(tiles.values().stream().map(TensorSheetIT::label))
          .anyMatch(label -> label.contains(subtype.column()));
    }
    assertThat(tiles.values().stream().map(TensorSheetIT::label)).contains("no haemorrhage");
    for (Tensor tensor : tensors) {
      String tile = tiles.get(tensor.place().imageId());
      if (tile != null && tensor.place().dataset().equals("binary")) {
        assertThat(label(tile))
            .isEqualTo(
                tensor.labels().bits() == 0
                    ? "no haemorrhage"
                    : Subtype.FIVE.stream()
                        .filter(tensor.labels()::has)
                        .map(Subtype::column)
                        .collect(Collectors.joining(", ")));
        assertThat(tile)
            .contains("binary, train, position %d in".formatted(tensor.place().position()))
            .contains(tensor.place().copies() == 1 ? "series</p>" : "series, 3 copies</p>");
      }
    }
    assertThat(Files.readString(page()))
        .contains("of 40 tensors")
        .contains("snapshot " + bench.context().warehouse().snapshot(new TensorsTable()))
        .contains(
            "2×64×64 uint8", "recipe: by hand", ">brain 40/80</th>", "<td class=\"n\">–</td>");

    bench.run(new ExploreJob(), "--tensors", "12");
    assertThat(tiles()).isEqualTo(tiles);
    bench.run(new ExploreJob(), "--tensors", "500");
    assertThat(tiles()).hasSize(40);
  }

  @Test
  void theFirstSlicesHaveEveryClass() throws Exception {
    fill();
    bench.run(new ExploreJob(), "--tensors", "6");
    String labels =
        tiles().values().stream().map(TensorSheetIT::label).collect(Collectors.joining(", "));
    assertThat(labels.split(", "))
        .contains(Subtype.FIVE.stream().map(Subtype::column).toArray(String[]::new))
        .contains("no haemorrhage");
  }

  @Test
  void anotherDatasetIsShownAsGreyLevelsAgain() throws Exception {
    fill();
    bench.run(new ExploreJob(), "--tensors", "5", "--dataset", "floats");
    Map<String, String> tiles = tiles();
    assertThat(tiles.keySet()).containsExactly("ID_100", "ID_101");
    assertThat(tiles.values()).allMatch(tile -> tile.contains("floats, train, position"));
    byte[] grey = new byte[SIZE * SIZE];
    Arrays.fill(grey, (byte) 51);
    assertThat(tiles.get("ID_100"))
        .contains(Pictures.grey("", grey, SIZE, SIZE).dataUri().replace("=", "&#x3D;"));
    assertThat(Files.readString(page())).contains("<td class=\"n\">0.1000</td>", "of 2 tensors");
  }

  @Test
  void mistakesAreOneLineWithItsRemedy() {
    assertMistake("table ich.tensors is not there", "run build-tensors first", "--tensors", "12");
    assertMistake("--tensors must be in [1, 500], got 0", "on the page", "--tensors", "0");
    assertMistake("--tensors must be in [1, 500], got 501", "on the page", "--tensors", "501");
    fill();
    assertMistake(
        "--dataset nope: ich.tensors does not hold it; name one of binary, floats",
        "build-tensors",
        "--tensors",
        "12",
        "--dataset",
        "nope");
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  private void assertMistake(String start, String end, String... options) {
    assertThatThrownBy(() -> bench.run(new ExploreJob(), options))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(start)
        .hasMessageEndingWith(end)
        .message()
        .doesNotContain("\n");
  }

  /**
   * Writes 40 tensors of "binary", three quarters of them with a bleed of one or two classes, and
   * two of "floats".
   */
  private List<Tensor> fill() {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int any = Subtype.ANY.bit();
      int bits = i % 4 == 0 ? 0 : any | 1 << i % 5 | 1 << i % 3;
      tensors.add(
          tensor("binary", i, bits, i % 7 == 0 ? 3 : 1, "uint8", null, new byte[2 * SIZE * SIZE]));
    }
    for (int i = 100; i < 102; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * SIZE * SIZE * Float.BYTES);
      FloatBuffer values = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      while (values.hasRemaining()) {
        // 0.2 × 0.5 + 0.1 is 51 of 255.
        values.put(0.2f);
      }
      tensors.add(tensor("floats", i, 0, 1, "float32", "0.1/0.5,0.1/0.5", bytes.array()));
    }
    bench.fill(new TensorsTable(), tensors);
    return tensors;
  }

  private static Tensor tensor(
      String dataset,
      int number,
      int bits,
      int copies,
      String type,
      String moments,
      byte[] pixels) {
    String id = "ID_" + number;
    return new Tensor(
        new TensorsTable.Place(dataset, id, "P_1", "S_1", number, "train", copies),
        new ImageLabels(id, bits),
        new TensorsTable.Form(2, SIZE, SIZE, "brain:40/80,bone:600/2800", type, moments, "by hand"),
        new TensorsTable.Origin(null, null),
        pixels);
  }

  private Path page() {
    return folder.resolve("reports/tensors.html");
  }

  private Map<String, String> tiles() throws Exception {
    Map<String, String> tiles = new TreeMap<>();
    Matcher tile = TILE.matcher(Files.readString(page()));
    while (tile.find()) {
      assertThat(tiles.put(tile.group(1), tile.group(2))).as("a slice stands once").isNull();
    }
    return tiles;
  }

  private static String label(String tile) {
    Matcher label = LABEL.matcher(tile);
    assertThat(label.find()).isTrue();
    return label.group(1);
  }
}
