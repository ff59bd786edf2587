package org.headct.ich.jobs.nd4j;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Kryo serializer of arrays: data type, order, rank, shape and the bytes in native order, in
 * blocks of 1 MiB. It supports arrays of up to 2 GiB. Both machines must have the same byte order.
 */
final class IndArraySerializer extends Serializer<INDArray> {
  private static final int BLOCK = 1 << 20;

  @Override
  public void write(Kryo kryo, Output output, INDArray object) {
    // A view shares its buffer with others. The copy holds only its elements, densely.
    INDArray dense = object.dup(object.ordering());
    Nd4j.getExecutioner().commit();
    output.writeString(dense.dataType().name());
    output.writeByte(dense.ordering());
    output.writeInt(dense.rank());
    output.writeLongs(dense.shape());
    ByteBuffer bytes = bytes(dense);
    byte[] block = new byte[Math.min(BLOCK, Math.max(1, bytes.remaining()))];
    while (bytes.hasRemaining()) {
      int n = Math.min(block.length, bytes.remaining());
      bytes.get(block, 0, n);
      output.writeBytes(block, 0, n);
    }
    // Prevents the garbage collector from freeing the array's native memory too early.
    Reference.reachabilityFence(dense);
  }

  @Override
  public INDArray read(Kryo kryo, Input input, Class<INDArray> type) {
    DataType dataType = DataType.valueOf(input.readString());
    char order = (char) input.readByte();
    long[] shape = input.readLongs(input.readInt());
    INDArray array = Nd4j.createUninitialized(dataType, shape, order);
    ByteBuffer bytes = bytes(array);
    byte[] block = new byte[Math.min(BLOCK, Math.max(1, bytes.remaining()))];
    while (bytes.hasRemaining()) {
      int n = Math.min(block.length, bytes.remaining());
      input.readBytes(block, 0, n);
      bytes.put(block, 0, n);
    }
    Reference.reachabilityFence(array);
    return array;
  }

  private static ByteBuffer bytes(INDArray array) {
    ByteBuffer bytes = array.data().asNio();
    bytes.position(0);
    bytes.limit(Math.toIntExact(array.length() * array.dataType().width()));
    return bytes;
  }
}
