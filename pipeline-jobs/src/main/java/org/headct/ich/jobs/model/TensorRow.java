package org.headct.ich.jobs.model;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.common.label.Subtype;

/**
 * One row of the tensors table, in memory.
 *
 * @param labels 0 or 1, in the order of {@link #LABELS}
 * @param weight of the row in the loss
 * @param pixels uint8, C×H×W row-major; index c*H*W + y*W + x
 */
record TensorRow(
    String imageId,
    int copy,
    String patientId,
    String seriesId,
    byte[] labels,
    float weight,
    byte[] pixels) {
  /** Label columns of the tensors table, in its order. */
  static final List<String> LABELS = Arrays.stream(Subtype.values()).map(Subtype::column).toList();

  int label(String column) {
    return labels[LABELS.indexOf(column)];
  }
}
