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
 * Everything that a tensor is made of, except pixels. So it can be shuffled.
 *
 * @param recipe the recipe, with the repairs that the slices need
 * @param standardised the moments to standardise by, as the table stores them, or null
 * @param slices the slices to read: the image's own, or also the previous and the next one
 */
record TensorTask(
    Place place,
    ImageLabels labels,
    Origin origin,
    String recipe,
    @Nullable String standardised,
    List<SliceObject> slices)
    implements Serializable {

  /** Reads the task from a row of {@link WantedTensors}. */
  static TensorTask of(Row row) {
    List<Row> slices = row.getList(row.fieldIndex(WantedTensors.SLICES));
    return new TensorTask(
        TensorsTable.place(row),
        TensorsTable.labels(row),
        TensorsTable.origin(row),
        row.getAs("recipe"),
        row.getAs("standardised"),
        slices.stream().map(SliceObject::of).toList());
  }

  /** Returns the group of tasks that have files of their own: dataset and split. */
  String group() {
    return group(place.dataset(), place.split());
  }

  static String group(String dataset, String split) {
    return dataset + "/" + split;
  }

  /**
   * Returns the sort key: the group, then a seeded random order of images or of series. All keys
   * differ.
   *
   * @param config the settings of the dataset
   */
  String order(TensorsConfig config) {
    long seed = config.orderSeed();
    return switch (config.order()) {
      // A row group is a random sample of the images.
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
