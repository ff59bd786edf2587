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
 * What the commands of this process have done so far: a closed list of numbers, which {@link
 * MetersPlugin} shows to Spark's metrics. Counts only grow; how fast is for the reader to work out.
 * Kept on the driver; tasks add to accumulators, which Spark brings in when a task has ended.
 */
public final class Meters {
  /** Numbers that grow. */
  public enum Count {
    /** DICOM objects whose headers audit-dicom or predict has read. */
    OBJECTS_AUDITED,
    /** Those of them that give no slice. */
    OBJECTS_REJECTED,
    /** Rows of label files. */
    LABEL_ROWS,
    /** Bytes of label files and DICOM objects. */
    BYTES_READ,
    /** Bytes of the data files that were published in tables. */
    BYTES_WRITTEN,
    TENSORS_BUILT,
    /** By predict. */
    SLICES_SCORED,
    /** Steps of all workers. */
    BATCHES_TRAINED,
    /** Images in these steps. */
    IMAGES_TRAINED;

    String meter() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Numbers that go up and down; not a number before the first is known. */
  public enum Level {
    /** Of the training, 1-based, under way or done. */
    EPOCH,
    /** Mean over the epoch so far, without weight decay. */
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

  /** Those of a Spark; static, for Spark makes the plugin, and a JVM holds one Spark at a time. */
  public static synchronized Meters of(SparkContext spark) {
    Meters meters = current;
    if (meters == null || meters.spark != spark) {
      meters = new Meters(spark);
      current = meters;
    }
    return meters;
  }

  /** On the driver. */
  public void add(Count count, long n) {
    adder(count.meter()).add(n);
  }

  /**
   * For tasks: what they add counts here, and is the value of this accumulator alone. It has no
   * name, so that Spark's event log does not have it.
   */
  public LongAccumulator inTasks(Count count) {
    LongAccumulator accumulator = spark.longAccumulator();
    accumulators(count).add(accumulator);
    return accumulator;
  }

  /**
   * Findings of {@code ich.slice_findings}, of a stage whose books are closed.
   *
   * @param byReason names of {@link SliceReason}
   */
  public void sliceFindings(Map<String, Long> byReason) {
    byReason.forEach((reason, n) -> adder(SLICE_FINDINGS + reason).add(n));
  }

  /**
   * Rows in findings of {@code ich.label_findings}.
   *
   * @param byReason names of {@link LabelReason}
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

  /** Each with what reads it, by name. */
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

  /** Reads one meter. */
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
