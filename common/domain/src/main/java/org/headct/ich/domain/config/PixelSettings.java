package org.headct.ich.domain.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.error.UserException;

/**
 * The settings that determine a network's input, with the values that a run was trained with.
 *
 * @param recipe recipe of the run's tensors
 * @param crop side of the crop as a fraction of the tensor's side
 * @param reader DICOM reader that decodes
 */
public record PixelSettings(TensorRecipe recipe, double crop, DicomConfig.Reader reader) {

  /**
   * Checks that the user's settings agree with the run's. A default is never a conflict, because
   * the run's value is used.
   *
   * @param run name of the run
   * @param dataset dataset that the run was trained on; its own settings count
   * @throws UserException if the user set another value; the message names the key and both values
   */
  public void check(Settings settings, String run, String dataset) {
    Settings own = settings.datasets().contains(dataset) ? settings.dataset(dataset) : settings;
    Map<String, String> mine = values();
    List<String> conflicts = new ArrayList<>();
    mine.forEach(
        (key, value) -> {
          if (own.isSet(key)) {
            String asked = asked(own, key);
            if (!asked.equals(value)) {
              conflicts.add("%s, but the run has %s".formatted(own.asSet(key, asked), value));
            }
          }
        });
    if (!conflicts.isEmpty()) {
      throw new UserException(
          "run %s was trained with other settings: %s. Remove them, or name a run that was trained with them"
              .formatted(run, String.join("; ", conflicts)));
    }
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("tensors.size", Integer.toString(recipe.slice().size()));
    values.put("tensors.windows", texts(recipe.slice().windows()));
    values.put("tensors.adjacent-slices", Boolean.toString(recipe.adjacentSlices()));
    values.put("tensors.head-mask", Boolean.toString(recipe.slice().headMask()));
    values.put("tensors.values", Settings.kebab(recipe.values()));
    values.put("train.crop", Double.toString(crop));
    values.put("dicom.reader", Settings.kebab(reader));
    return values;
  }

  /** Returns the user's value in the format of {@link #values}. */
  private static String asked(Settings settings, String key) {
    return switch (key) {
      case "tensors.size" -> Integer.toString(settings.integer(key, 64, 1024));
      case "tensors.adjacent-slices", "tensors.head-mask" -> Boolean.toString(settings.flag(key));
      case "tensors.windows" ->
          texts(settings.requiredTexts(key).stream().map(CtWindow::parse).toList());
      case "train.crop" -> Double.toString(TrainConfig.crop(settings));
      default -> settings.text(key);
    };
  }

  private static String texts(List<CtWindow> windows) {
    return windows.stream().map(CtWindow::text).collect(Collectors.joining(","));
  }
}
