package org.headct.ich.jobs.batch;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.label.Subtype;

/**
 * A row of the tensors table in memory.
 *
 * @param copies number of times that an epoch of training sees it
 * @param labels 0 or 1, in the order of {@link #LABELS}
 * @param pixels C×H×W row-major: number c*H*W + y*W + x
 */
public record TensorRow(
    String imageId, int copies, String patientId, String seriesId, byte[] labels, byte[] pixels) {
  /** The label columns of the tensors table, in its order. */
  public static final List<String> LABELS =
      Arrays.stream(Subtype.values()).map(Subtype::column).toList();

  public int label(String column) {
    return labels[LABELS.indexOf(column)];
  }
}
