package org.headct.ich.jobs.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@link RootHadoopCatalog} in Spark under the settings of the stock one, {@code type = hadoop}: by
 * these a listener such as OpenLineage's knows what tables it sees. {@code catalog-impl} would say
 * nothing to it, and Iceberg takes one of the two.
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
