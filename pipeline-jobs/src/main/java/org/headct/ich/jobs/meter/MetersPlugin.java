package org.headct.ich.jobs.meter;

import com.codahale.metrics.Gauge;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that registers the {@link Meters} with Spark's metrics, so that every sink that Spark
 * has gets them. Activate it with {@code spark.plugins}; the sinks are in {@code
 * conf/metrics.properties}.
 */
public final class MetersPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public @Nullable ExecutorPlugin executorPlugin() {
    return null;
  }

  private static final class OnDriver implements DriverPlugin {
    private Map<String, Meters.Reading> readings = Map.of();

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      readings = Meters.of(spark).readings();
      return Map.of();
    }

    @Override
    public void registerMetrics(String applicationId, PluginContext context) {
      readings.forEach(
          (name, reading) -> context.metricRegistry().register(name, (Gauge<Number>) reading::now));
    }
  }
}
