package org.headct.ich.networks.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;

/** Channels of the image, cut out or merged. Copies in plain layout, without a gradient. */
record Channels(Value output) implements Node {
  /**
   * Cuts channels out of the image.
   *
   * @param from first channel
   * @param to last channel, inclusive
   */
  static Channels of(Program program, Value image, int from, int to) {
    long[] dims = with(image.dims(), to - from + 1L);
    Channels cut = empty(program, dims);
    Value output = cut.output;
    program.reorder(image.memory(), part(image.desc(), dims, from), output.memory(), output.desc());
    return cut;
  }

  /** Merges channels in the given order. */
  static Channels joined(Program program, List<Value> parts) {
    long channels = parts.stream().mapToLong(one -> one.dims()[1]).sum();
    Channels joined = empty(program, with(parts.get(0).dims(), channels));
    Value output = joined.output;
    long at = 0;
    for (Value one : parts) {
      program.reorder(
          one.memory(), one.desc(), output.memory(), part(output.desc(), one.dims(), at));
      at += one.dims()[1];
    }
    return joined;
  }

  private static Channels empty(Program program, long[] dims) {
    memory.desc plain = Program.plain(dims);
    memory memory = program.view(plain, program.keep(plain.get_size()));
    return new Channels(new Value(plain, memory, dims, false));
  }

  private static long[] with(long[] dims, long channels) {
    return new long[] {dims[0], channels, dims[2], dims[3]};
  }

  /** Returns the part of a layout that holds {@code dims}, from a channel on. */
  private static memory.desc part(memory.desc whole, long[] dims, long channel) {
    return whole.submemory_desc(new LongPointer(dims), new LongPointer(0, channel, 0, 0), false);
  }

  @Override
  public void backward(Gradients gradients) {
    throw new IllegalStateException("channels of the image have no gradient");
  }
}
