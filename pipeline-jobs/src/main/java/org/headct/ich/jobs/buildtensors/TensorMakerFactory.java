package org.headct.ich.jobs.buildtensors;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.jobs.dump.TensorMaker;
import org.headct.ich.jobs.meter.Meters.Count;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.JobContext;

/** Serializable factory that creates a dataset's tensor maker inside a task. */
@FunctionalInterface
interface TensorMakerFactory extends Serializable {
  /** Creates the maker of one dataset's tensors for the current task. */
  DatasetTensors in(TensorsConfig config);

  /**
   * Returns a factory with the settings of a run.
   *
   * @param bytesRead the counter of bytes read of objects
   */
  static TensorMakerFactory of(
      JobContext context, TensorRejections rejections, LongAccumulator bytesRead) {
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    String reader = DicomReaders.configured(context.settings());
    LongAccumulator built = context.meters().inTasks(Count.TENSORS_BUILT);
    return config ->
        new DatasetTensors(
            new TensorMaker(hadoop.value().value(), reader, config.recipe(), bytesRead),
            config,
            rejections,
            built);
  }
}
