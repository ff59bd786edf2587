package org.headct.ich.networks.onednn;

/**
 * A place in memory that is known by size while a program is planned and gets its bytes afterwards.
 * Gradients of activations share slots; {@code holders} says who still needs what is in it.
 */
final class Slot {
  long bytes;
  int holders = 1;

  Slot(long bytes) {
    this.bytes = bytes;
  }
}
