package org.headct.ich.jobs.audit;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.PackedObjects;
import org.headct.ich.jobs.source.SourceObject;

/** Division of an audit's objects into one share for each task. */
final class AuditShares {
  private static final int MAX_OBJECTS_A_TASK = 2000;

  private AuditShares() {}

  /**
   * Returns the shares. Objects that follow each other by name stay together, up to a limit of
   * bytes and of objects.
   */
  static List<PackedObjects> of(
      List<SourceObject> objects, DicomConfig config, JobContext context) {
    Depth depth = config.depth();
    long total = objects.stream().mapToLong(o -> cost(o, depth)).sum();
    long fair = total / context.javaSpark().defaultParallelism() / 2 + 1;
    long limit = Math.min(config.splitBytes(), fair);
    List<PackedObjects> shares = new ArrayList<>();
    List<SourceObject> share = new ArrayList<>();
    long bytes = 0;
    for (SourceObject object : objects) {
      if (!share.isEmpty()
          && (bytes + cost(object, depth) > limit || share.size() >= MAX_OBJECTS_A_TASK)) {
        shares.add(PackedObjects.of(share));
        share.clear();
        bytes = 0;
      }
      share.add(object);
      bytes += cost(object, depth);
    }
    shares.add(PackedObjects.of(share));
    return shares;
  }

  /** Returns the number of bytes that the audit usually reads of an object. */
  private static long cost(SourceObject object, Depth depth) {
    return depth == Depth.PIXELS
        ? object.storedBytes()
        : Math.min(object.storedBytes(), ObjectAuditor.START_BYTES);
  }
}
