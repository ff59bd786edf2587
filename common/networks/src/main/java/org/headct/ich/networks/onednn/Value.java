package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.memory;

/**
 * An activation of the body.
 *
 * @param desc its N×C×H×W sizes and layout
 * @param memory memory that the forward pass writes it to
 * @param dims N, C, H, W
 * @param needsGradient false for the image and for outputs of frozen parts
 */
record Value(memory.desc desc, memory memory, long[] dims, boolean needsGradient) {}
