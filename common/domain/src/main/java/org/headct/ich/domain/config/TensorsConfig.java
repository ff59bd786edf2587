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
 * @param dataset name of the dataset
 * @param recipe settings that the stored bytes depend on
 * @param rowGroupRows rows of one Parquet row group
 * @param fileRows rows of one file, a multiple of {@code rowGroupRows}
 * @param order order of the rows in the files
 * @param orderSeed random seed of that order
 * @param maxRejectRatio the largest fraction of the selected slices that may give no tensor, 0 to 1
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

  /** The order of the rows in the files. */
  public enum Order {
    /** Random order of images: each row group is a random sample. */
    IMAGE,
    /** Random order of series; the slices of a series follow each other in their order. */
    SERIES
  }

  private static final String BY_SERIES = ", by series";

  /**
   * The words between {@link #recipeText} and the names of {@link
   * org.headct.ich.domain.ct.Repair#NAMED_IN_RECIPES} in a row, separated by commas.
   */
  public static final String REPAIRED = ", with ";

  /** A regular expression for the repairs at the end of a row's recipe. */
  public static final String REPAIRS = REPAIRED + "[A-Z_,]+$";

  /** Returns the settings of each dataset in {@code tensors.datasets}, in that order. */
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

  /**
   * Returns the recipe and layout as text. Rows with another text are built again. A row whose
   * slices needed repairs names them after this text, see {@link #REPAIRED}.
   */
  public String recipeText() {
    return "%s, %d a row group%s"
        .formatted(recipe.text(), rowGroupRows, order == Order.SERIES ? BY_SERIES : "");
  }

  /** Returns the part of {@link #recipeText} that {@link TensorRecipe#text} wrote. */
  public static String withoutLayout(String recipeText) {
    return recipeText.replaceFirst(", \\d+ a row group(" + BY_SERIES + ")?$", "");
  }
}
