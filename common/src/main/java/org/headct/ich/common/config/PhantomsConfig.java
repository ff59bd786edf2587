package org.headct.ich.common.config;

import java.util.List;

/**
 * Settings of {@code make-phantoms}.
 *
 * @param output directory that receives the dump
 * @param patients number of patients, one series each
 * @param slices slices of a series
 * @param size rows and columns in pixels
 * @param prevalence part of the patients with a haemorrhage, 0 to 1
 * @param seed the same seed writes the same bytes
 * @param defects names of the defects to plant
 */
public record PhantomsConfig(
    String output,
    int patients,
    int slices,
    int size,
    double prevalence,
    long seed,
    List<String> defects) {

  public static PhantomsConfig from(Settings settings) {
    return new PhantomsConfig(
        settings.requiredText("phantoms.output"),
        settings.integer("phantoms.patients", 1, 1_000_000),
        settings.integer("phantoms.slices", 1, 400),
        settings.integer("phantoms.size", 64, 1024),
        settings.number("phantoms.prevalence", 0, 1),
        settings.seed("phantoms.seed"),
        settings.texts("phantoms.defects"));
  }
}
