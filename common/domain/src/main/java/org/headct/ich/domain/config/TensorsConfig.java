package org.headct.ich.domain.config;

import java.io.Serializable;
import java.util.List;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.error.UserException;

/**
 * Settings of {@code build-tensors} for one dataset.
 *
 * @param dataset its name
 * @param recipe what its tensors are made of
 * @param rowGroupRows rows of one Parquet row group
 * @param fileRows rows of one file, whole row groups
 * @param order what stands together
 * @param orderSeed decides with the ids in which order they stand
 * @param maxRejectRatio part of the selections that may give no tensor, 0 to 1
 */
public record TensorsConfig(
    String dataset,
    TensorRecipe recipe,
    int rowGroupRows,
    int fileRows,
    Order order,
    long orderSeed,
    double maxRejectRatio)
    implements Serializable {

  /** What stands together in the files. */
  public enum Order {
    /** Nothing: each row group is a random sample of the images. */
    IMAGE,
    /** The slices of a series, in their order; series stand in a random one. */
    SERIES
  }

  private static final String BY_SERIES = ", by series";

  /** One for each of {@code tensors.datasets}, in that order. */
  public static List<TensorsConfig> all(Settings settings) {
    return DatasetDefinition.listed(settings, "tensors.datasets").stream()
        .map(dataset -> of(dataset.name(), settings.dataset(dataset.name())))
        .toList();
  }

  private static TensorsConfig of(String dataset, Settings settings) {
    int rowGroupRows = settings.integer("tensors.row-group-rows", 8, 4096);
    int fileRows = settings.integer("tensors.file-rows", 8, 1_000_000);
    if (fileRows % rowGroupRows != 0) {
      throw settings.outOfRange(
          "tensors.file-rows", "a multiple of tensors.row-group-rows = " + rowGroupRows, fileRows);
    }
    return new TensorsConfig(
        dataset,
        new TensorRecipe(
            slice(settings),
            settings.flag("tensors.adjacent-slices"),
            settings.choice("tensors.values", TensorRecipe.Values.class)),
        rowGroupRows,
        fileRows,
        settings.choice("tensors.order", Order.class),
        settings.seed("split.seed"),
        settings.number("max-reject-ratio", 0, 1));
  }

  private static TensorSpec slice(Settings settings) {
    int size = settings.integer("tensors.size", 64, 1024);
    boolean headMask = settings.flag("tensors.head-mask");
    List<String> texts = settings.requiredTexts("tensors.windows");
    try {
      return new TensorSpec(size, texts.stream().map(CtWindow::parse).toList(), headMask);
    } catch (UserException e) {
      throw settings.outOfRange("tensors.windows", "a list of windows: " + e.getMessage(), texts);
    }
  }

  /** Recipe and layout: rows that have another are built anew. */
  public String recipeText() {
    return "%s, %d a row group%s"
        .formatted(recipe.text(), rowGroupRows, order == Order.SERIES ? BY_SERIES : "");
  }

  /** The recipe's part of {@link #recipeText}, as {@link TensorRecipe#text} has it. */
  public static String withoutLayout(String recipeText) {
    return recipeText.replaceFirst(", \\d+ a row group(" + BY_SERIES + ")?$", "");
  }
}
