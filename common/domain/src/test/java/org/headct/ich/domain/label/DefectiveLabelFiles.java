package org.headct.ich.domain.label;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A source of random label files of images, long and wide, with every kind of defect. Files of one
 * source share their images, and an image has the same labels in all of them unless a defect
 * changes a row.
 */
final class DefectiveLabelFiles {
  private static final int IMAGES = 40;

  /** Values that are no label. */
  private static final String[] BAD_VALUES = {"2", "-1", "0.5", "1e1", "t", "x y", "１", "-"};

  private static final String[] NO_ROWS = {
    "x",
    "é",
    "ID_a_any",
    "ID_a_any;1",
    "ID_a_any,1,",
    "\"ID_a_any,1",
    "ID_any,1",
    "a_any,1",
    "ID_a b_any,1",
    "1,ID_a_any",
    "_,1",
    ",",
    "ID__any,0",
    "ID_a_any,\"1",
    "\"x, y/ID_a_any\",1",
    "\"ID_a_any\",\"1,0\"",
    "1,\"x, y/ID_a_any\""
  };

  private static final String[] BAD_IDS = {"9", "ID_", "id_9", "ID_9/1", "ID_ä", "", "ID_.dcm"};
  private static final String[] NO_CLASSES = {"all", "Any", "", "epidura", "subduralx"};
  private static final String[] NOTES = {
    "", "a", "\"a,b\"", "\"a\"\"b\"", "\"\r\n\"", "\"\n\n,\"", "\"\"\"\""
  };

  private final Random random;
  private final List<String> ids = new ArrayList<>();

  DefectiveLabelFiles(Random random) {
    this.random = random;
    for (int i = 0; i < IMAGES; i++) {
      ids.add(
          switch (random.nextInt(9)) {
            case 8 -> "1.2.840.%d".formatted(random.nextInt(50));
            case 0 -> "ID_1.2.840.%d".formatted(random.nextInt(50));
            case 1 -> "ID_%014x".formatted(random.nextLong() >>> 8);
            case 2 -> "ID_%X_%d-b".formatted(random.nextInt(50), i);
            case 3 -> "ID_%015x".formatted(random.nextLong() >>> 4);
            case 4 -> "ID_%x".formatted(random.nextInt(1 << 4 * (1 + random.nextInt(4))));
            default -> "ID_%09x".formatted(random.nextInt());
          });
    }
  }

  /** Returns an image's value for a class. One image in eight has a wrong {@code any}. */
  private static int label(String id, Subtype subtype) {
    Random ofImage = new Random(id.hashCode());
    int five = ofImage.nextInt(3) == 0 ? ofImage.nextInt(32) : 0;
    boolean wrong = ofImage.nextInt(8) == 0;
    boolean positive = subtype == Subtype.ANY ? five != 0 ^ wrong : (five & subtype.bit()) != 0;
    return positive ? 1 : 0;
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** Returns an image's id in one of its spellings. */
  private String spelled(String id) {
    return oneIn(20) ? any(id + ".dcm", "a/b_c/" + id, "C:\\x\\" + id + ".DCM") : id;
  }

  private List<String> someIds() {
    List<String> some = new ArrayList<>(ids);
    Collections.shuffle(some, random);
    return some.subList(0, 1 + random.nextInt(IMAGES));
  }

  /** Returns a value in one of its spellings; now and then it is blank, bad or wrong. */
  private String value(int label) {
    return switch (random.nextInt(60)) {
      case 0 -> any("", "NaN");
      case 1 -> any(BAD_VALUES);
      case 2 -> Integer.toString(1 - label);
      case 3, 4 -> label + ".0";
      case 5 -> any(label + ".00", label + "e0", "+" + label, label == 1 ? "True" : "FALSE");
      case 6, 7 -> " " + label + "\t";
      case 8, 9 -> "\"" + label + "\"";
      default -> Integer.toString(label);
    };
  }

  /** Returns the number of copies of a row: mostly one, rarely more than keep their place. */
  private int copies() {
    return oneIn(40) ? 0 : oneIn(40) ? 2 : oneIn(300) ? LabelPartial.LOCATED_EXTRAS + 20 : 1;
  }

  /** Returns a file of the long form. */
  String longFile() {
    boolean idFirst = !oneIn(4);
    List<Subtype> order = new ArrayList<>(Subtype.ALL);
    if (oneIn(2)) {
      Collections.shuffle(order, random);
    }
    boolean moreColumns = oneIn(4);
    List<String> lines = new ArrayList<>();
    int i = 0;
    for (String id : someIds()) {
      i++;
      for (Subtype subtype : order) {
        for (int copy = copies(); copy > 0; copy--) {
          String name = oneIn(100) ? any(NO_CLASSES) : subtype.column();
          String row = spelled(id) + "_" + name;
          row = oneIn(30) ? "\"" + row + "\"" : row;
          String value = value(label(id, subtype));
          String pair = idFirst ? row + "," + value : value + "," + row;
          lines.add(moreColumns ? i + "," + pair + "," + any(NOTES) : pair);
        }
      }
    }
    for (int more = random.nextInt(8); more > 0; more--) {
      String line = oneIn(2) ? any(NO_ROWS) : any("", "  ", "\t", "\u3000", "#ID_a_any,1", " # x");
      lines.add(random.nextInt(lines.size() + 1), line);
    }
    if (oneIn(3)) {
      Collections.shuffle(lines, random);
    }
    String header = idFirst ? "ID,Label" : "Label,ID";
    return file(moreColumns ? "," + header + ",note" : header, lines);
  }

  /** Returns a file of the wide form, with a column that is ignored. */
  String wideFile() {
    List<String> columns = new ArrayList<>(Subtype.ALL.stream().map(Subtype::column).toList());
    String idColumn = any("ID", "image_id", "filename");
    columns.add(idColumn);
    columns.add("note");
    Collections.shuffle(columns, random);
    List<String> lines = new ArrayList<>();
    for (String id : someIds()) {
      // Six repeated rows a copy: so many of them are more than is located.
      for (int copy = copies(); copy > 0; copy -= oneIn(2) ? 1 : 6) {
        lines.add(wideRow(id, idColumn, columns));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      lines.add(random.nextInt(lines.size() + 1), any("", "  ", ",,", "\"", "\"open,0,0", "# \""));
    }
    if (oneIn(3)) {
      Collections.shuffle(lines, random);
    }
    return file(String.join(",", columns), lines);
  }

  private String wideRow(String id, String idColumn, List<String> columns) {
    List<String> fields = new ArrayList<>();
    for (String column : columns) {
      if (column.equals(idColumn)) {
        fields.add(oneIn(30) ? any(BAD_IDS) : spelled(id) + any("", "", "", ".dcm", ".PNG"));
      } else if (column.equals("note")) {
        fields.add(any(NOTES));
      } else {
        fields.add(value(label(id, Subtype.ofColumn(column))));
      }
    }
    if (oneIn(30)) {
      fields.remove(random.nextInt(fields.size()));
    } else if (oneIn(30)) {
      fields.add("0");
    }
    return fields.stream().collect(Collectors.joining(","));
  }

  private String file(String header, List<String> lines) {
    String newline = any("\n", "\r\n");
    String mark = oneIn(5) ? "\uFEFF" : "";
    String before = oneIn(8) ? "# made by a program" + newline + newline : "";
    return mark + before + header + newline + String.join(newline, lines) + any("", newline);
  }
}
