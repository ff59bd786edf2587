package org.headct.ich.networks.onednn;

/** A part of the body: adds its forward steps when it is made, its backward steps when asked. */
interface Node {
  Value output();

  /** Takes the gradient of the output, gives those of the inputs. */
  void backward(Gradients gradients);
}
