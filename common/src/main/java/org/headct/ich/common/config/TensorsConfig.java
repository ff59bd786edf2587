package org.headct.ich.common.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.headct.ich.common.ct.CtWindow;
import org.headct.ich.common.ct.TensorSpec;
import org.headct.ich.common.error.UserException;

/**
 * Settings of {@code build-tensors} for one dataset.
 *
 * @param dataset name of the dataset to build
 * @param spec size, windows and mask
 * @param rowGroupRows rows of one Parquet row group
 * @param maxRejectRatio part of the selections that may give no tensor, 0 to 1
 */
public record TensorsConfig(
    String dataset, TensorSpec spec, int rowGroupRows, double maxRejectRatio)
    implements Serializable {
  /** One for each of {@code tensors.datasets}, in that order. */
  public static List<TensorsConfig> all(Settings settings) {
    return DatasetDefinition.listed(settings, "tensors.datasets").stream()
        .map(dataset -> of(settings.dataset(dataset.name()), dataset.name()))
        .toList();
  }

  private static TensorsConfig of(Settings own, String dataset) {
    return new TensorsConfig(
        dataset,
        spec(own),
        own.integer("tensors.row-group-rows", 8, 4096),
        own.number("max-reject-ratio", 0, 1));
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
