package org.headct.ich.common.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.headct.ich.common.ct.CtWindow;
import org.headct.ich.common.ct.TensorSpec;
import org.headct.ich.common.error.UserException;

/**
 * Settings of {@code build-tensors}.
 *
 * @param datasets to build
 * @param spec size, windows and mask
 * @param rowGroupRows rows of one Parquet row group
 * @param maxRejectRatio part of the selections that may give no tensor, 0 to 1
 */
public record TensorsConfig(
    List<Dataset> datasets, TensorSpec spec, int rowGroupRows, double maxRejectRatio)
    implements Serializable {
  public static TensorsConfig from(Settings settings) {
    return new TensorsConfig(
        settings.choices("tensors.datasets", Dataset.class),
        spec(settings),
        settings.integer("tensors.row-group-rows", 8, 4096),
        settings.number("max-reject-ratio", 0, 1));
  }

  private static TensorSpec spec(Settings settings) {
    int size = settings.integer("tensors.size", 64, 1024);
    boolean headMask = settings.flag("tensors.head-mask");
    List<String> texts = settings.requiredTexts("tensors.windows");
    try {
      return new TensorSpec(size, texts.stream().map(CtWindow::parse).toList(), headMask);
    } catch (UserException e) {
      throw settings.outOfRange("tensors.windows", "a list of windows: " + e.getMessage(), texts);
    }
  }

  /** The windows as the table's {@code windows} column holds them. */
  public String windowsText() {
    return spec.windows().stream().map(CtWindow::text).collect(Collectors.joining(","));
  }
}
