package org.headct.ich.jobs.meter;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.label.LabelReason;
import org.jspecify.annotations.Nullable;

/**
 * Counters of the commands in this process: a fixed list of numbers, which {@link MetersPlugin}
 * shows to Spark's metrics. Counts only grow; the reader computes rates. They live on the driver.
 * Tasks add to accumulators, whose values Spark delivers when a task ends.
 */
public final class Meters {
  /** Numbers that only grow. */
  public enum Count {
    /** DICOM objects whose headers audit-dicom or predict has read. */
    OBJECTS_AUDITED,
    /** Audited objects that give no slice. */
    OBJECTS_REJECTED,
    /** Rows of label files. */
    LABEL_ROWS,
    /** Bytes of label files and DICOM objects. */
    BYTES_READ,
    /** Bytes of the data files that were published in tables. */
    BYTES_WRITTEN,
    TENSORS_BUILT,
    /** Slices that predict has scored. */
    SLICES_SCORED,
    /** Training steps of all workers. */
    BATCHES_TRAINED,
    /** Images in these training steps. */
    IMAGES_TRAINED;

    String meter() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Numbers that go up and down. NaN until the first value is known. */
  public enum Level {
    /** Training epoch, 1-based, running or done. */
    EPOCH,
    /** Mean loss over the epoch so far, without weight decay. */
    LOSS;

    String meter() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String SLICE_FINDINGS = "slice_findings_";
  private static final String LABEL_FINDINGS = "label_findings_";

  private static @Nullable Meters current;

  private final SparkContext spark;
  private final Map<Count, List<LongAccumulator>> inTasks = new EnumMap<>(Count.class);
  private final Map<String, LongAdder> counts = new TreeMap<>();
  private final Map<Level, Double> levels = new ConcurrentHashMap<>();

  private Meters(SparkContext spark) {
    this.spark = spark;
    for (Count count : Count.values()) {
      inTasks.put(count, new CopyOnWriteArrayList<>());
      counts.put(count.meter(), new LongAdder());
    }
    for (SliceReason reason : SliceReason.values()) {
      counts.put(SLICE_FINDINGS + reason, new LongAdder());
    }
    for (LabelReason reason : LabelReason.values()) {
      counts.put(LABEL_FINDINGS + reason, new LongAdder());
    }
  }

  /**
   * Returns the meters of a Spark context. They are static because Spark creates the plugin, and a
   * JVM has one Spark context at a time.
   */
  public static synchronized Meters of(SparkContext spark) {
    Meters meters = current;
    if (meters == null || meters.spark != spark) {
      meters = new Meters(spark);
      current = meters;
    }
    return meters;
  }

  /** Adds to a count, on the driver. */
  public void add(Count count, long n) {
    adder(count.meter()).add(n);
  }

  /**
   * Returns an accumulator for tasks. Its value is what they add, which also counts here. It has no
   * name, so that it does not appear in Spark's event log.
   */
  public LongAccumulator inTasks(Count count) {
    LongAccumulator accumulator = spark.longAccumulator();
    accumulators(count).add(accumulator);
    return accumulator;
  }

  /**
   * Adds findings of {@code ich.slice_findings}, after the stage's counts reconcile.
   *
   * @param byReason number of objects by name of {@link SliceReason}
   */
  public void sliceFindings(Map<String, Long> byReason) {
    byReason.forEach((reason, n) -> adder(SLICE_FINDINGS + reason).add(n));
  }

  /**
   * Adds rows with findings of {@code ich.label_findings}.
   *
   * @param byReason number of rows by name of {@link LabelReason}
   */
  public void labelFindings(Map<String, Long> byReason) {
    byReason.forEach((reason, n) -> adder(LABEL_FINDINGS + reason).add(n));
  }

  public void set(Level level, double value) {
    levels.put(level, value);
  }

  public long value(Count count) {
    long told = accumulators(count).stream().mapToLong(LongAccumulator::sum).sum();
    return told + adder(count.meter()).sum();
  }

  double value(Level level) {
    return levels.getOrDefault(level, Double.NaN);
  }

  /** Returns each meter's reader, by name. */
  Map<String, Reading> readings() {
    Map<String, Reading> readings = new TreeMap<>();
    counts.forEach((name, adder) -> readings.put(name, adder::sum));
    for (Count count : Count.values()) {
      readings.put(count.meter(), () -> value(count));
    }
    for (Level level : Level.values()) {
      readings.put(level.meter(), () -> value(level));
    }
    return readings;
  }

  /** A function that reads one meter. */
  interface Reading {
    Number now();
  }

  private List<LongAccumulator> accumulators(Count count) {
    List<LongAccumulator> of = inTasks.get(count);
    if (of == null) {
      throw new IllegalStateException("no meter " + count);
    }
    return of;
  }

  private LongAdder adder(String meter) {
    LongAdder adder = counts.get(meter);
    if (adder == null) {
      throw new IllegalStateException("no meter " + meter);
    }
    return adder;
  }
}
