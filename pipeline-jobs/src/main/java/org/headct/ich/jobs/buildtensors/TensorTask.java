package org.headct.ich.jobs.buildtensors;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.dump.SliceObject;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Origin;
import org.headct.ich.jobs.table.TensorsTable.Place;
import org.jspecify.annotations.Nullable;

/**
 * All that a tensor is made of; no pixels, so that it may be shuffled.
 *
 * @param standardised by which moments, as the table keeps them, or null
 * @param slices that it shows: the image's own, or also the ones before and after it
 */
record TensorTask(
    Place place,
    ImageLabels labels,
    Origin origin,
    @Nullable String standardised,
    List<SliceObject> slices)
    implements Serializable {

  /** Of a row of {@link WantedTensors}. */
  static TensorTask of(Row row) {
    List<Row> slices = row.getList(row.fieldIndex(WantedTensors.SLICES));
    return new TensorTask(
        TensorsTable.place(row),
        TensorsTable.labels(row),
        TensorsTable.origin(row),
        row.getAs("standardised"),
        slices.stream().map(SliceObject::of).toList());
  }

  /** What stands in a file of its own. */
  String group() {
    return group(place.dataset(), place.split());
  }

  static String group(String dataset, String split) {
    return dataset + "/" + split;
  }

  /**
   * By group, inside in a seeded random order of images or of series. No two are equal.
   *
   * @param config of its dataset
   */
  String order(TensorsConfig config) {
    long seed = config.orderSeed();
    return switch (config.order()) {
      // A row group is a sample.
      case IMAGE ->
          "%s/%016x/%s".formatted(group(), StableHash.of(seed, place.imageId()), place.imageId());
      case SERIES ->
          "%s/%016x/%s/%06d/%s"
              .formatted(
                  group(),
                  StableHash.of(seed, place.seriesId()),
                  place.seriesId(),
                  place.position(),
                  place.imageId());
    };
  }
}
