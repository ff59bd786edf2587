package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.memory;

/**
 * An activation of the body.
 *
 * @param desc its N×C×H×W sizes and layout
 * @param memory where the forward pass leaves it
 * @param dims N, C, H, W
 * @param needsGradient false for the image, which nobody moves
 */
record Value(memory.desc desc, memory memory, long[] dims, boolean needsGradient) {}
