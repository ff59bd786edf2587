package org.headct.ich.jobs.audit;

import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.audit.ObjectAuditor.Result;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.meter.Meters.Count;

/**
 * Counters of the objects that the audit's tasks read.
 *
 * @param objects the number of objects read
 * @param rejected the number of objects that the tasks reject
 * @param bytes the number of bytes read
 */
record AuditMeters(LongAccumulator objects, LongAccumulator rejected, LongAccumulator bytes)
    implements Serializable {

  static AuditMeters of(Meters meters) {
    return new AuditMeters(
        meters.inTasks(Count.OBJECTS_AUDITED),
        meters.inTasks(Count.OBJECTS_REJECTED),
        meters.inTasks(Count.BYTES_READ));
  }

  /** Counts one result. Called in a task. */
  Result count(Result result) {
    objects.add(1);
    rejected.add(result.rejected() ? 1 : 0);
    bytes.add(result.bytesRead());
    return result;
  }

  /**
   * Adds what only a comparison of all objects finds: duplicates, withdrawals, and the total of
   * each reason.
   */
  static void close(Meters meters, Tally tally) {
    meters.sliceFindings(tally.rejected());
    for (SliceReason reason : new SliceReason[] {SliceReason.DUPLICATE_ID, SliceReason.WITHDRAWN}) {
      meters.add(Count.OBJECTS_REJECTED, tally.rejected().getOrDefault(reason.name(), 0L));
    }
  }
}
