package org.headct.ich.networks.onednn;

/**
 * A part of the body. It adds its forward steps when it is created, its backward steps on request.
 */
interface Node {
  Value output();

  /** Takes the gradient of the output and gives the gradients of the inputs. */
  void backward(Gradients gradients);
}
