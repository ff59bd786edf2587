package org.headct.ich.networks.onednn;

/**
 * A region of memory. Planning sets its size, and its address follows afterwards. Gradients of
 * activations share slots, and {@code holders} counts the users that still need the contents.
 */
final class Slot {
  long bytes;
  int holders = 1;

  Slot(long bytes) {
    this.bytes = bytes;
  }
}
