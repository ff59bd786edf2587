package org.headct.ich.jobs.averaging;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A part of a worker's arrays in transfer.
 *
 * @param report report of the worker
 * @param bytes float32, little endian, because Kryo copies bytes in bulk and floats one by one
 */
record ParameterChunk(WorkerReport report, byte[] bytes) implements Serializable {
  static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
