package org.headct.ich.jobs.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;

/**
 * Iceberg's Hadoop catalog with {@code SHOW TABLES IN ich}. The original reads and writes tables of
 * the root namespace ({@code ich.labels}), but refuses to list them and to make the root the
 * current namespace.
 */
public class RootHadoopCatalog extends HadoopCatalog {
  private String warehouse = "";

  @Override
  public void initialize(String name, Map<String, String> properties) {
    super.initialize(name, properties);
    warehouse = properties.getOrDefault(CatalogProperties.WAREHOUSE_LOCATION, "");
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    return namespace.isEmpty()
        ? Map.of("location", warehouse)
        : super.loadNamespaceMetadata(namespace);
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    if (!namespace.isEmpty()) {
      return super.listTables(namespace);
    }
    Path root = new Path(warehouse);
    List<TableIdentifier> tables = new ArrayList<>();
    try {
      FileSystem files = root.getFileSystem(getConf());
      if (files.exists(root)) {
        for (FileStatus child : files.listStatus(root)) {
          if (files.exists(new Path(child.getPath(), "metadata"))) {
            tables.add(TableIdentifier.of(child.getPath().getName()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the tables under " + warehouse, e);
    }
    return tables;
  }
}
