package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.headct.ich.jobs.bench.TensorsInput.Slice;
import org.headct.ich.jobs.table.TensorsTable;

/**
 * Tensors that the peer wrote, in the order of its file list.
 *
 * @param parts the mapped arrays of numpy
 */
record NumpyTensors(List<ByteBuffer> parts, int lengthBytes) {
  /**
   * Offset of the header's length in a numpy file, after magic and version. The length has two
   * bytes.
   */
  private static final int HEADER_LENGTH_AT = 8;

  /**
   * Difference between two sets of tensors.
   *
   * @param largest the largest difference in grey levels
   * @param share the share of pixels that differ
   */
  record Distance(int largest, double share) {}

  static NumpyTensors in(Path folder, int parts, int lengthBytes) throws IOException {
    List<ByteBuffer> mapped = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      try (FileChannel file = FileChannel.open(folder.resolve("part-" + part + ".npy"))) {
        ByteBuffer all =
            file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()).order(ByteOrder.LITTLE_ENDIAN);
        int header = HEADER_LENGTH_AT + 2 + all.getShort(HEADER_LENGTH_AT);
        mapped.add(all.slice(header, all.limit() - header));
      }
    }
    return new NumpyTensors(mapped, lengthBytes);
  }

  /** Returns the difference to the tensors that {@code build-tensors} made of the same list. */
  Distance from(TensorsInput input) throws IOException {
    Map<String, ByteBuffer> theirs = byImage(input.slices());
    long differing = 0;
    int largest = 0;
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(input.tensors()).select("image_id", TensorsTable.PIXELS).build()) {
      for (Record row : rows) {
        ByteBuffer their = theirs.remove((String) row.getField("image_id"));
        ByteBuffer our = (ByteBuffer) row.getField(TensorsTable.PIXELS);
        if (their == null || our.remaining() != their.remaining()) {
          throw new IllegalStateException("the tensors are not of the same slices");
        }
        for (int i = 0; i < lengthBytes; i++) {
          int apart = Math.abs((our.get(our.position() + i) & 0xFF) - (their.get(i) & 0xFF));
          largest = Math.max(largest, apart);
          differing += apart == 0 ? 0 : 1;
        }
      }
    }
    if (!theirs.isEmpty()) {
      throw new IllegalStateException("build-tensors wrote no tensor for %,d slices".formatted(theirs.size()));
    }
    return new Distance(largest, (double) differing / lengthBytes / input.slices().size());
  }

  private Map<String, ByteBuffer> byImage(List<Slice> slices) {
    Map<String, ByteBuffer> byImage = new HashMap<>();
    int image = 0;
    for (ByteBuffer part : parts) {
      for (int at = 0; at < part.limit(); at += lengthBytes) {
        byImage.put(slices.get(image++).imageId(), part.slice(at, lengthBytes));
      }
    }
    return byImage;
  }
}
