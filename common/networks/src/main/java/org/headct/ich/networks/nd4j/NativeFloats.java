package org.headct.ich.networks.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The memory of an array, for those who move it in bulk. */
public final class NativeFloats {
  static {
    Nd4jRuntime.prepare();
  }

  private NativeFloats() {}

  /**
   * The numbers of an array in place; the array must stay reachable while the buffer is used.
   *
   * @param array float32, dense, and not a part of another
   */
  public static FloatBuffer of(INDArray array) {
    if (array.dataType() != DataType.FLOAT
        || array.offset() != 0
        || array.elementWiseStride() != 1
        || array.data().length() < array.length()) {
      throw new IllegalArgumentException(
          "not a dense float32 array of its own: " + array.shapeInfoToString());
    }
    Nd4j.getExecutioner().commit();
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    FloatBuffer floats = array.data().asNioFloat();
    floats.position(0);
    floats.limit(Math.toIntExact(array.length()));
    return floats.slice();
  }

  /** Says that the array's numbers on the host were changed. */
  public static void written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }
}
