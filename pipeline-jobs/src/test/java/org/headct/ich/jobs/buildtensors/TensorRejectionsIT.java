package org.headct.ich.jobs.buildtensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.table.SliceFindingsTable.Entry;
import org.headct.ich.jobs.table.TensorsTable.Place;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;

/** Tests that a task's report counts once, even if the task fails or runs again. */
class TensorRejectionsIT {
  /** Both tasks report and then fail at their first attempt. Later the job runs again. */
  @Test
  void aTaskThatRunsAgainIsCountedOnce() {
    SparkSession spark = TestSpark.session(Map.of("spark.master", "local[2,2]"));
    TensorRejections rejections = TensorRejections.of(spark.sparkContext());
    JavaRDD<String> images =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of("a", "b", "c", "d"), 2)
            .mapPartitions(part -> tell(rejections, part));

    images.count();

    assertThat(rejections.byReason()).isEqualTo(Map.of("CODEC_ERROR", 4L));

    images.count();

    assertThat(rejections.byReason()).isEqualTo(Map.of("CODEC_ERROR", 4L));
    assertThat(rejections.findings())
        .extracting(Entry::imageId)
        .containsExactly("a", "b", "c", "d");
  }

  private static Iterator<String> tell(TensorRejections rejections, Iterator<String> images) {
    images.forEachRemaining(
        image ->
            rejections.tell(
                selection("binary", image), image + ".dcm", SliceReason.CODEC_ERROR, "line 3"));
    if (TaskContext.get().attemptNumber() == 0) {
      throw new IllegalStateException("fails at the first attempt, as the test asks");
    }
    return List.<String>of().iterator();
  }

  @Test
  void selectionsAreCountedAndImagesAreFound() {
    TensorRejections rejections = TensorRejections.of(TestSpark.session().sparkContext());
    rejections.tell(selection("binary", "a"), "z.dcm", SliceReason.TRUNCATED, "ends at 7");
    rejections.tell(selection("multilabel", "a"), "z.dcm", SliceReason.TRUNCATED, "ends at 7");
    rejections.tell(selection("binary", "m-f1"), "m.dcm", SliceReason.CODEC_ERROR, "frame 1");
    rejections.tell(selection("binary", "m"), "m.dcm", SliceReason.CODEC_ERROR, "frame 0");

    assertThat(rejections.byReason()).isEqualTo(Map.of("TRUNCATED", 2L, "CODEC_ERROR", 2L));
    assertThat(rejections.findings())
        .containsExactly(
            new Entry("build-tensors", "m.dcm", "CODEC_ERROR", true, "m", "frame 0"),
            new Entry("build-tensors", "m.dcm", "CODEC_ERROR", true, "m-f1", "frame 1"),
            new Entry("build-tensors", "z.dcm", "TRUNCATED", true, "a", "ends at 7"));
    assertThat(rejections.examples())
        .containsExactly(
            "m CODEC_ERROR (frame 0)", "m-f1 CODEC_ERROR (frame 1)", "a TRUNCATED (ends at 7)");
  }

  private static Place selection(String dataset, String image) {
    return new Place(dataset, image, "patient", "series", 0, "train", 1);
  }
}
