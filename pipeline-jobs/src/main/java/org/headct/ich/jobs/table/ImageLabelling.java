package org.headct.ich.jobs.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.headct.ich.domain.label.Subtype;

/**
 * The labels of images from either source: an image's own row of {@code ich.labels}, else the
 * labels of its scan in {@code ich.scan_labels}, whose scan_id is the slice's patient_id.
 *
 * <p>Rows of {@code ich.labels} without a slice are included, so that callers can report missing
 * slices.
 */
public final class ImageLabelling {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final ScanLabelsTable SCAN_LABELS = new ScanLabelsTable();
  private static final SlicesTable SLICES = new SlicesTable();
  private static final String IMAGE_ID = "image_id";
  private static final String PATIENT_ID = "patient_id";
  private static final String SCAN_ID = "scan_id";

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
   * @param slices image_id and patient_id of slices, for example of slices that are not in the
   *     table yet
   */
  public Dataset<Row> rows(Dataset<Row> slices) {
    require();
    if (!warehouse.exists(SCAN_LABELS)) {
      return warehouse.read(LABELS).select(columns());
    }
    // There are only hundreds of scans, so they are broadcast to the slices.
    Dataset<Row> scans = functions.broadcast(warehouse.read(SCAN_LABELS));
    Dataset<Row> byScan =
        slices
            .select(IMAGE_ID, PATIENT_ID)
            .join(scans, functions.col(PATIENT_ID).equalTo(functions.col(SCAN_ID)))
            .select(columns());
    if (!warehouse.exists(LABELS)) {
      return byScan;
    }
    Dataset<Row> own = warehouse.read(LABELS).select(columns());
    String[] key = {IMAGE_ID};
    return own.unionByName(byScan.join(own.select(IMAGE_ID), key, "left_anti"));
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
   * @param slices image_id and patient_id
   */
  public Dataset<Row> scansWithout(Dataset<Row> slices) {
    if (!warehouse.exists(SCAN_LABELS)) {
      return slices.select(functions.col(PATIENT_ID).as(SCAN_ID)).limit(0);
    }
    return warehouse
        .read(SCAN_LABELS)
        .select(SCAN_ID)
        .join(
            slices.select(PATIENT_ID),
            functions.col(PATIENT_ID).equalTo(functions.col(SCAN_ID)),
            "left_anti");
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
