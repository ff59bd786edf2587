package org.headct.ich.pages.element;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A writer of charts as the JSON that {@code page.js} draws. The text is safe inside a {@code
 * <script>} element, because HTML's special characters are escaped by their codes.
 */
final class ChartJson {
  /** Six significant digits: more than a screen resolves, in a third of the bytes. */
  private static final MathContext PRECISION = new MathContext(6);

  private static final ObjectMapper MAPPER = mapper();

  private ChartJson() {}

  static String write(Chart chart) {
    ObjectNode root = MAPPER.createObjectNode();
    if (chart instanceof Bars bars) {
      bars(root, bars);
    } else if (chart instanceof Lines lines) {
      lines(root, lines);
    } else if (chart instanceof HeatMap map) {
      heatMap(root, map);
    }
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a chart as JSON", e);
    }
  }

  private static void bars(ObjectNode root, Bars bars) {
    root.put("kind", "bars");
    root.put("horizontal", bars.direction() == Bars.Direction.HORIZONTAL);
    axis(root.putObject("category"), bars.categories());
    axis(root.putObject("value"), bars.values());
    texts(root.putArray("names"), bars.names());
    boolean colourOfEach =
        bars.series().size() == 1 && bars.names().stream().anyMatch(Palette::isKnown);
    ArrayNode series = root.putArray("series");
    for (Bars.Series one : bars.series()) {
      ObjectNode node = series.addObject();
      node.put("name", one.name());
      node.put("hue", Palette.hue(one.name(), series.size() - 1));
      if (colourOfEach) {
        ArrayNode hues = node.putArray("hues");
        for (String name : bars.names()) {
          hues.add(Palette.hue(name, hues.size()));
        }
      }
      ArrayNode values = node.putArray("values");
      one.values().forEach(value -> number(values, value));
      texts(node.putArray("labels"), one.labels());
    }
  }

  private static void lines(ObjectNode root, Lines lines) {
    root.put("kind", "lines");
    axis(root.putObject("x"), lines.x());
    axis(root.putObject("y"), lines.y());
    ArrayNode series = root.putArray("series");
    for (Lines.Series one : lines.series()) {
      ObjectNode node = series.addObject();
      node.put("name", one.name());
      node.put("detail", one.detail());
      node.put("hue", Palette.hue(one.name(), series.size() - 1));
      node.put("reference", one.style() == Lines.Style.REFERENCE);
      node.put("dots", one.style() == Lines.Style.DOTTED_POINTS);
      points(node.putArray("points"), one.points());
      points(node.putArray("marks"), one.marks());
    }
  }

  private static void points(ArrayNode array, List<Point> points) {
    for (Point point : points) {
      ArrayNode node = array.addArray();
      number(node, point.x());
      number(node, point.y());
      if (point.hasBounds()) {
        number(node, point.lower());
        number(node, point.upper());
      }
    }
  }

  private static void heatMap(ObjectNode root, HeatMap map) {
    root.put("kind", "heatmap");
    axis(root.putObject("x"), map.x());
    axis(root.putObject("y"), map.y());
    axis(root.putObject("value"), map.value());
    texts(root.putArray("columns"), map.columns());
    texts(root.putArray("rows"), map.rows());
    ArrayNode cells = root.putArray("cells");
    for (int r = 0; r < map.rows().size(); r++) {
      for (int c = 0; c < map.columns().size(); c++) {
        ArrayNode cell = cells.addArray();
        cell.add(c);
        cell.add(r);
        number(cell, map.values().get(r).get(c));
        cell.add(map.labels().get(r).get(c));
      }
    }
  }

  private static void axis(ObjectNode node, Axis axis) {
    node.put("title", axis.title());
    node.put("format", axis.format().name());
    bound(node, "min", axis.min());
    bound(node, "max", axis.max());
  }

  private static void bound(ObjectNode node, String name, @Nullable Double bound) {
    if (bound != null) {
      node.put(name, bound);
    }
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static void number(ArrayNode array, double value) {
    if (!Double.isFinite(value)) {
      array.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      array.add((long) value);
    } else {
      array.add(new BigDecimal(value).round(PRECISION).doubleValue());
    }
  }

  private static ObjectMapper mapper() {
    JsonFactory factory = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    factory.setCharacterEscapes(new HtmlSafe());
    return new ObjectMapper(factory);
  }

  /** The escapes of {@code < > & '} by their codes, so that no tag or comment can begin or end. */
  private static final class HtmlSafe extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (char c : new char[] {'<', '>', '&', '\''}) {
        codes[c] = CharacterEscapes.ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
