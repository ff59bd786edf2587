package org.headct.ich.jobs.audit;

import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.audit.ObjectAuditor.Result;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.meter.Meters.Count;

/**
 * Travels into the tasks and counts there what they have read.
 *
 * @param objects that were read
 * @param rejected of them, by what they show themselves
 * @param bytes of them
 */
record AuditMeters(LongAccumulator objects, LongAccumulator rejected, LongAccumulator bytes)
    implements Serializable {

  static AuditMeters of(Meters meters) {
    return new AuditMeters(
        meters.inTasks(Count.OBJECTS_AUDITED),
        meters.inTasks(Count.OBJECTS_REJECTED),
        meters.inTasks(Count.BYTES_READ));
  }

  /** In a task. */
  Result count(Result result) {
    objects.add(1);
    rejected.add(result.rejected() ? 1 : 0);
    bytes.add(result.bytesRead());
    return result;
  }

  /** What is rejected only by a look at all objects together, and the reasons of all. */
  static void close(Meters meters, Tally tally) {
    meters.sliceFindings(tally.rejected());
    for (SliceReason reason : new SliceReason[] {SliceReason.DUPLICATE_ID, SliceReason.WITHDRAWN}) {
      meters.add(Count.OBJECTS_REJECTED, tally.rejected().getOrDefault(reason.name(), 0L));
    }
  }
}
