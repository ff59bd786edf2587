package org.headct.ich.jobs.buildtensors;

import java.util.Optional;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.jobs.dump.NoTensorException;
import org.headct.ich.jobs.dump.TensorMaker;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.headct.ich.jobs.table.TensorsTable.Tensor;

/**
 * Maker of one dataset's tensor rows in a Spark task. It also records selections without a tensor.
 */
final class DatasetTensors {
  private final TensorMaker maker;
  private final TensorsConfig config;
  private final TensorRejections rejections;
  private final LongAccumulator built;

  DatasetTensors(
      TensorMaker maker, TensorsConfig config, TensorRejections rejections, LongAccumulator built) {
    this.maker = maker;
    this.config = config;
    this.rejections = rejections;
    this.built = built;
  }

  /**
   * Returns the tensor row, or none if the objects give no tensor. The pixel array is reused for
   * the next row.
   */
  Optional<Tensor> tensor(TensorTask task) {
    String moments = task.standardised();
    try {
      byte[] pixels =
          maker.stored(task.slices(), moments == null ? null : Standardisation.parse(moments));
      built.add(1);
      return Optional.of(
          new Tensor(task.place(), task.labels(), form(task), task.origin(), pixels));
    } catch (NoTensorException e) {
      return rejected(task, e);
    }
  }

  /**
   * Returns the numbers before standardisation, or none if the objects give no tensor. The array is
   * reused.
   */
  Optional<float[]> floats(TensorTask task) {
    try {
      return Optional.of(maker.floats(task.slices()));
    } catch (NoTensorException e) {
      return rejected(task, e);
    }
  }

  private <T> Optional<T> rejected(TensorTask task, NoTensorException why) {
    rejections.tell(
        task.place(), why.object(), why.reason(), why.detailFor(task.place().imageId()));
    return Optional.empty();
  }

  private Form form(TensorTask task) {
    TensorRecipe recipe = config.recipe();
    int size = recipe.slice().size();
    return new Form(
        recipe.channels(),
        size,
        size,
        String.join(",", recipe.channelNames()),
        recipe.values().type(),
        task.standardised(),
        task.recipe());
  }
}
