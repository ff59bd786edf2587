package org.headct.ich.jobs.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@link RootHadoopCatalog} in Spark with the settings of the original, {@code type = hadoop}. A
 * listener such as OpenLineage's recognises tables by this setting, not by {@code catalog-impl}.
 * Iceberg accepts only one of the two.
 */
public final class RootSparkCatalog extends SparkCatalog {
  @Override
  protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
    Map<String, String> own = new HashMap<>(options.asCaseSensitiveMap());
    own.remove(CatalogUtil.ICEBERG_CATALOG_TYPE);
    own.put(CatalogProperties.CATALOG_IMPL, RootHadoopCatalog.class.getName());
    return super.buildIcebergCatalog(name, new CaseInsensitiveStringMap(own));
  }
}
