package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;

/** The memory that a primitive reads and writes, by the library's argument numbers. */
final class Arguments {
  private final IntMemoryMap map = new IntMemoryMap();

  Arguments with(int argument, memory memory) {
    map.put(argument, memory);
    return this;
  }

  IntMemoryMap map() {
    return map;
  }
}
