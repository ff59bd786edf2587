package org.headct.ich.jobs.onednn;

import org.bytedeco.dnnl.memory;

/**
 * An activation of the body.
 *
 * @param desc its N×C×H×W sizes and layout
 * @param memory where the forward pass leaves it
 * @param dims N, C, H, W
 * @param needsGradient false for the image, which nobody moves
 */
record Value(memory.desc desc, memory memory, long[] dims, boolean needsGradient) {
  /** Values are compared as objects: two activations of one size are two. */
  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
