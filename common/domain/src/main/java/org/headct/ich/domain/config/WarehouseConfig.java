package org.headct.ich.domain.config;

import java.util.Map;

/**
 * Locations of tables, models and reports.
 *
 * @param warehouse root of the Iceberg catalog {@code ich}: a path or URI
 * @param models parent of the run directories
 * @param reports directory for pages and the JSON report of each run
 * @param namespace namespace of the tables inside the catalog, or empty
 * @param catalogProperties Iceberg's properties of the catalog; empty for a Hadoop catalog
 */
public record WarehouseConfig(
    String warehouse,
    String models,
    String reports,
    String namespace,
    Map<String, String> catalogProperties) {

  public static WarehouseConfig from(Settings settings) {
    return new WarehouseConfig(
        settings.requiredText("warehouse.path"),
        settings.requiredText("models.path"),
        settings.requiredText("reports.path"),
        settings.text("catalog.namespace"),
        settings.map("catalog.properties"));
  }
}
