package org.headct.ich.domain.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.phantom.Defect;
import org.headct.ich.domain.phantom.PhantomLayout;
import org.headct.ich.domain.phantom.PhantomSettings;

/**
 * Settings of {@code make-phantoms}.
 *
 * @param output directory that receives the dump: a path or URI
 * @param settings contents of the dump
 */
public record PhantomsConfig(String output, PhantomSettings settings) {
  public static PhantomsConfig from(Settings settings) {
    return new PhantomsConfig(
        settings.requiredText("phantoms.output"),
        new PhantomSettings(
            settings.integer("phantoms.patients", 1, 1_000_000),
            settings.integer("phantoms.slices", 1, 512),
            settings.integer("phantoms.size", 64, 1024),
            settings.number("phantoms.prevalence", 0, 1),
            settings.seed("phantoms.seed"),
            defects(settings),
            settings.number("phantoms.thickness-mm", 0.1, 20),
            settings.number("phantoms.spacing-mm", 0.1, 20),
            settings.choice("phantoms.layout", PhantomLayout.class)));
  }

  private static Set<Defect> defects(Settings settings) {
    List<String> names = settings.texts("phantoms.defects");
    if (names.isEmpty()) {
      return Set.of();
    }
    return names.equals(List.of("all"))
        ? EnumSet.allOf(Defect.class)
        : EnumSet.copyOf(settings.choices("phantoms.defects", Defect.class));
  }
}
