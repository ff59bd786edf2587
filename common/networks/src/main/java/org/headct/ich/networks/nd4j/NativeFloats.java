package org.headct.ich.networks.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Direct access to an array's memory, for bulk transfers. */
public final class NativeFloats {
  static {
    Nd4jRuntime.prepare();
  }

  private NativeFloats() {}

  /**
   * Returns a buffer on the array's own memory. The array must stay reachable while the buffer is
   * used.
   *
   * @param array float32, dense, and not a view of another array
   * @throws IllegalArgumentException if the array is not such an array
   */
  public static FloatBuffer of(INDArray array) {
    if (array.dataType() != DataType.FLOAT
        || array.offset() != 0
        || array.elementWiseStride() != 1
        || array.data().length() < array.length()) {
      throw new IllegalArgumentException(
          "needs a dense float32 array that is not a view, got " + array.shapeInfoToString());
    }
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    FloatBuffer floats = array.data().asNioFloat();
    floats.position(0);
    floats.limit(Math.toIntExact(array.length()));
    return floats.slice();
  }

  /** Marks the array's values in host memory as changed. */
  public static void written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }
}
