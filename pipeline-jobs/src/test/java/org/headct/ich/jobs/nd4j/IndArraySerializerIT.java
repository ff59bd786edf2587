package org.headct.ich.jobs.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.jobs.batch.BatchRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class IndArraySerializerIT {
  private final Kryo kryo = kryo();

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    new IndArrayRegistrator().registerClasses(kryo);
    return kryo;
  }

  private Object copy(Object value) {
    try (Output output = new Output(1 << 12, -1)) {
      kryo.writeClassAndObject(output, value);
      return kryo.readClassAndObject(new Input(output.toBytes()));
    }
  }

  static Stream<INDArray> arrays() {
    INDArray matrix = Nd4j.rand(DataType.FLOAT, 7, 5);
    return Stream.of(
        matrix,
        matrix.dup('f'),
        matrix.transpose(),
        matrix.get(NDArrayIndex.interval(2, 6), NDArrayIndex.interval(1, 4)),
        Nd4j.scalar(3.5),
        Nd4j.rand(DataType.DOUBLE, 2, 3, 4, 5),
        Nd4j.createFromArray(1L, -2L, Long.MAX_VALUE),
        // More than one block, but not a multiple of the block size.
        Nd4j.rand(DataType.FLOAT, 1, 700_001));
  }

  // An INDArray is closeable; without this, JUnit would free the matrix while its views are in use.
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("arrays")
  void comesBackEqual(INDArray array) {
    INDArray copy = (INDArray) copy(array);
    assertThat(copy).isEqualTo(array);
    assertThat(copy.dataType()).isEqualTo(array.dataType());
    assertThat(copy.shape()).isEqualTo(array.shape());
  }

  @Test
  void recordsAndWrappedListsComeBackToo() {
    BatchRef ref = new BatchRef("file:/a.parquet", 1, 2, 3, 4);
    assertThat(copy(ref)).isEqualTo(ref);
    assertThat(copy(Collections.unmodifiableList(new ArrayList<>(List.of(ref)))))
        .isEqualTo(List.of(ref));
  }
}
