package org.headct.ich.jobs.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.headct.ich.domain.label.Subtype;

/**
 * The labels of images from either source: an image's own row of {@code ich.labels}, else the
 * labels of its scan in {@code ich.scan_labels}. A scan is the slice's series, its study or its
 * patient, in this order.
 *
 * <p>Rows of {@code ich.labels} without a slice are included, so that callers can report missing
 * slices.
 */
public final class ImageLabelling {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final ScanLabelsTable SCAN_LABELS = new ScanLabelsTable();
  private static final SlicesTable SLICES = new SlicesTable();
  private static final String IMAGE_ID = "image_id";
  private static final String SCAN_ID = "scan_id";

  /** The columns of a slice that may be a scan_id; the first one that has labels counts. */
  private static final List<String> SCANS = List.of("series_id", "study_id", "patient_id");

  private static final String LABELS_OF = "labels_of_";

  private final Warehouse warehouse;

  public ImageLabelling(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** Returns whether there are labels of images or of scans. */
  public boolean exists() {
    return !tables().isEmpty();
  }

  /** Fails with a remedy if there are neither labels of images nor of scans. */
  public void require() {
    if (!exists()) {
      warehouse.require(LABELS);
    }
  }

  /** Returns the names in SQL of the tables that are read. */
  public List<String> identifiers() {
    return tables().stream().map(warehouse::identifier).toList();
  }

  /**
   * Returns the entries of a snapshot's note for these inputs: {@code labels}, and {@code
   * scan_labels} if that table exists. A warehouse without that table keeps its old notes.
   */
  public Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put(LABELS.name(), Long.toString(warehouse.version(LABELS)));
    if (warehouse.exists(SCAN_LABELS)) {
      inputs.put(SCAN_LABELS.name(), Long.toString(warehouse.version(SCAN_LABELS)));
    }
    return inputs;
  }

  /**
   * Returns rows of {@link LabelsTable}. Labels of scans are assigned through {@code ich.slices}.
   */
  public Dataset<Row> rows() {
    return warehouse.exists(SCAN_LABELS)
        ? rows(warehouse.read(SLICES))
        : warehouse.read(LABELS).select(columns());
  }

  /**
   * Returns rows of {@link LabelsTable}.
   *
   * @param slices image_id, series_id, study_id and patient_id of slices, for example of slices
   *     that are not in the table yet
   */
  public Dataset<Row> rows(Dataset<Row> slices) {
    require();
    if (!warehouse.exists(SCAN_LABELS)) {
      return warehouse.read(LABELS).select(columns());
    }
    Dataset<Row> byScan = byScan(slices);
    if (!warehouse.exists(LABELS)) {
      return byScan;
    }
    Dataset<Row> own = warehouse.read(LABELS).select(columns());
    String[] key = {IMAGE_ID};
    return own.unionByName(byScan.join(own.select(IMAGE_ID), key, "left_anti"));
  }

  /** Returns the slices whose scan has labels, with these labels. */
  private Dataset<Row> byScan(Dataset<Row> slices) {
    Column[] six = Subtype.ALL.stream().map(s -> functions.col(s.column())).toArray(Column[]::new);
    List<Column> ids = new ArrayList<>(List.of(functions.col(IMAGE_ID)));
    SCANS.forEach(key -> ids.add(functions.col(key)));
    Dataset<Row> joined = slices.select(ids.toArray(Column[]::new));
    List<Column> found = new ArrayList<>();
    for (String key : SCANS) {
      Dataset<Row> scans =
          warehouse
              .read(SCAN_LABELS)
              .select(functions.col(SCAN_ID).as(key), functions.struct(six).as(LABELS_OF + key));
      // There are only hundreds of scans, so they are broadcast to the slices.
      joined = joined.join(functions.broadcast(scans), new String[] {key}, "left");
      found.add(functions.col(LABELS_OF + key));
    }
    String labels = "labels";
    return joined
        .select(
            functions.col(IMAGE_ID), functions.coalesce(found.toArray(Column[]::new)).as(labels))
        .where(functions.col(labels).isNotNull())
        .select(functions.col(IMAGE_ID), functions.col(labels + ".*"));
  }

  /**
   * Adds the six labels of each row's image in one struct column; null if it has none. Meant for
   * few rows.
   *
   * @param rows rows with an image_id, which need not be unique
   * @param patient the pseudonym of the row's patient
   * @param name name of the new column
   */
  public Dataset<Row> join(Dataset<Row> rows, Column patient, String name) {
    require();
    Column six = functions.struct(Arrays.copyOfRange(columns(), 1, 1 + Subtype.ALL.size()));
    String ofImage = name + "_of_image";
    String ofScan = name + "_of_scan";
    String scan = name + "_scan";
    Dataset<Row> joined = rows;
    List<Column> found = new ArrayList<>();
    if (warehouse.exists(LABELS)) {
      Dataset<Row> own =
          warehouse
              .read(LABELS)
              .join(
                  functions.broadcast(rows.select(IMAGE_ID).distinct()),
                  new String[] {IMAGE_ID},
                  "left_semi")
              .select(functions.col(IMAGE_ID), six.as(ofImage));
      joined = joined.join(functions.broadcast(own), new String[] {IMAGE_ID}, "left");
      found.add(functions.col(ofImage));
    }
    if (warehouse.exists(SCAN_LABELS)) {
      Dataset<Row> scans =
          warehouse.read(SCAN_LABELS).select(functions.col(SCAN_ID).as(scan), six.as(ofScan));
      joined =
          joined.join(functions.broadcast(scans), patient.equalTo(functions.col(scan)), "left");
      found.add(functions.col(ofScan));
    }
    return joined
        .withColumn(name, functions.coalesce(found.toArray(Column[]::new)))
        .drop(ofImage, ofScan, scan);
  }

  /**
   * Returns the ids of scans that have labels but no slice, in one column scan_id.
   *
   * @param slices series_id, study_id and patient_id
   */
  public Dataset<Row> scansWithout(Dataset<Row> slices) {
    if (!warehouse.exists(SCAN_LABELS)) {
      return slices.select(functions.col(SCANS.get(0)).as(SCAN_ID)).limit(0);
    }
    Column[] ids = SCANS.stream().map(functions::col).toArray(Column[]::new);
    return warehouse
        .read(SCAN_LABELS)
        .select(SCAN_ID)
        .join(
            slices.select(functions.explode(functions.array(ids)).as(SCAN_ID)),
            new String[] {SCAN_ID},
            "left_anti");
  }

  /** Explains in one line why no slice has labels, with the remedy; empty if one has some. */
  public Optional<String> whyNone() {
    Dataset<Row> slices = warehouse.read(SLICES);
    if (slices.isEmpty()) {
      return Optional.of(
          "%s has no slices: ich.slice_findings says why".formatted(warehouse.identifier(SLICES)));
    }
    if (!rows().join(slices, new String[] {IMAGE_ID}, "left_semi").isEmpty()) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    example(LABELS, IMAGE_ID).ifPresent(named::add);
    example(SCAN_LABELS, SCAN_ID).ifPresent(named::add);
    if (named.isEmpty()) {
      return Optional.of(
          "%s has no labels: ich.label_findings says why"
              .formatted(String.join(" and ", identifiers())));
    }
    return Optional.of(
        "the label files name other images than the DICOM objects (%s, against %s). Label files must name an image by its SOP Instance UID, or by the name of its file if that is RSNA's id or the UID; a scan by its Patient ID or the UID of its study or series. reshape-labels and audit-dicom must run with the same ICH_PSEUDONYM_KEY"
            .formatted(String.join(", ", named), example(SLICES, IMAGE_ID).orElseThrow()));
  }

  /** Returns an id of a table, with the table's name; empty if there is none. */
  private Optional<String> example(TableDefinition<?> table, String column) {
    if (!warehouse.exists(table)) {
      return Optional.empty();
    }
    return warehouse.read(table).select(column).takeAsList(1).stream()
        .map(row -> "%s in %s".formatted(row.getString(0), warehouse.identifier(table)))
        .findFirst();
  }

  private List<TableDefinition<?>> tables() {
    List<TableDefinition<?>> tables = new ArrayList<>(List.of(LABELS, SCAN_LABELS));
    tables.removeIf(table -> !warehouse.exists(table));
    return tables;
  }

  private static Column[] columns() {
    List<Column> columns = new ArrayList<>(List.of(functions.col(IMAGE_ID)));
    Subtype.ALL.forEach(s -> columns.add(functions.col(s.column())));
    return columns.toArray(new Column[0]);
  }
}
