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
 * The settings that decide what a network is given of an object, as a run was trained with them.
 *
 * @param recipe of its tensors
 * @param crop side of the crop as a part of the tensor's side
 * @param reader what decodes
 */
public record PixelSettings(TensorRecipe recipe, double crop, DicomConfig.Reader reader) {

  /**
   * Holds the user's own settings against the run's. A default that nobody set is no conflict, for
   * the run's value is taken anyway.
   *
   * @param run its name
   * @param dataset that it was trained on; settings may have values of its own for it
   * @throws UserException if one is set to another value: with the key, both values and the remedy
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
              conflicts.add("%s, and it was %s".formatted(own.asSet(key, asked), value));
            }
          }
        });
    if (!conflicts.isEmpty()) {
      throw new UserException(
          "run %s takes what it was trained on, but %s: leave that out, or name a run that was trained so"
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

  /** As {@link #values} writes it. */
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
