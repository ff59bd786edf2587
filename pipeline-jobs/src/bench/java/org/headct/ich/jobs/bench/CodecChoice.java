package org.headct.ich.jobs.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Way to write tensors to Parquet.
 *
 * @param codec Iceberg's name of the codec
 * @param level the level of zstd, 0 for codecs without levels
 * @param groupRows the number of rows in a row group
 */
record CodecChoice(String codec, int level, Pages pages, int groupRows) {
  private static final int USUAL_ROWS = 64;

  /** The table's own properties. */
  static final CodecChoice OF_TABLE = new CodecChoice("the table's", 0, Pages.ROW_GROUP, 0);

  /**
   * Page sizes of the pixel column. One Iceberg property sets the number of rows after which the
   * sizes of page and row group are checked first. If it is a whole row group, the row group is one
   * page. This is so if row groups have a fixed number of rows. With smaller pages, row groups end
   * by their size in bytes.
   */
  enum Pages {
    ROW("one row"),
    MEBIBYTE("1 MiB"),
    ROW_GROUP("row group");

    private final String title;

    Pages(String title) {
      this.title = title;
    }
  }

  /**
   * Returns every codec with every page size at the usual row group, and every codec with other row
   * groups.
   */
  static List<CodecChoice> all() {
    List<CodecChoice> all = new ArrayList<>(List.of(OF_TABLE));
    all.addAll(codecs(Pages.ROW_GROUP, USUAL_ROWS));
    all.addAll(codecs(Pages.MEBIBYTE, USUAL_ROWS));
    all.addAll(codecs(Pages.ROW, USUAL_ROWS));
    all.addAll(codecs(Pages.ROW_GROUP, USUAL_ROWS / 2));
    all.addAll(codecs(Pages.ROW_GROUP, USUAL_ROWS * 2));
    return all;
  }

  private static List<CodecChoice> codecs(Pages pages, int groupRows) {
    return List.of(
        new CodecChoice("uncompressed", 0, pages, groupRows),
        new CodecChoice("snappy", 0, pages, groupRows),
        new CodecChoice("lz4_raw", 0, pages, groupRows),
        new CodecChoice("zstd", 1, pages, groupRows),
        new CodecChoice("zstd", 3, pages, groupRows));
  }

  /** Returns the same codec with one page for each row group. */
  CodecChoice wholePages() {
    return new CodecChoice(codec, level, Pages.ROW_GROUP, groupRows);
  }

  String title() {
    return "%-12s %-9s".formatted(level == 0 ? codec : codec + "-" + level, pages.title);
  }

  /**
   * Returns the table's properties with this choice.
   *
   * @param rowBytes the number of bytes of one row's pixels
   * @param storedBytes the approximate number of bytes of one row in the file; not used if a row
   *     group is a page
   */
  Map<String, String> over(Map<String, String> table, int rowBytes, double storedBytes) {
    if (equals(OF_TABLE)) {
      return table;
    }
    Map<String, String> properties = new HashMap<>(table);
    properties.put("write.parquet.compression-codec", codec);
    properties.remove("write.parquet.compression-level");
    if (level > 0) {
      properties.put("write.parquet.compression-level", Integer.toString(level));
    }
    properties.put("parquet.enable.dictionary", "false");
    if (pages == Pages.ROW_GROUP) {
      lookEvery(groupRows, 1, properties);
    } else {
      // A row group ends when less than two rows are missing.
      lookEvery(1, Math.round((groupRows + 1.5) * storedBytes), properties);
      int pageBytes = pages == Pages.ROW ? rowBytes : 1 << 20;
      properties.put("write.parquet.page-size-bytes", Integer.toString(pageBytes));
    }
    return properties;
  }

  private static void lookEvery(int rows, long groupBytes, Map<String, String> properties) {
    properties.put("write.parquet.row-group-check-min-record-count", Integer.toString(rows));
    properties.put("write.parquet.row-group-check-max-record-count", Integer.toString(rows));
    properties.put("write.parquet.row-group-size-bytes", Long.toString(groupBytes));
  }
}
