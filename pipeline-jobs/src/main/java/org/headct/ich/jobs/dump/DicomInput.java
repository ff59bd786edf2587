package org.headct.ich.jobs.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.headct.ich.common.config.DicomConfig;
import org.headct.ich.common.config.DicomConfig.Depth;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.PackedObjects;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceObject;
import org.jspecify.annotations.Nullable;

/** The objects of {@code dicom.input}, and their shares of the work. */
public final class DicomInput {
  /** What lies beside a dump and is none of its objects. */
  private static final Set<String> SIDECARS =
      Set.of("csv", "gz", "bz2", "zst", "txt", "md", "json", "xml", "html", "pdf", "png", "jpg");

  private static final int MAX_OBJECTS_A_TASK = 2000;

  private @Nullable Listed last;

  private record Listed(JobContext context, List<SourceObject> objects) {}

  /**
   * Listed once a command, which plans, compares and runs with the same context: 750,000 objects on
   * object storage are 750 requests.
   */
  public synchronized List<SourceObject> objects(JobContext context) {
    Listed known = last;
    // The same command is the same instance: a record of equal parts may be another one's.
    if (known == null || known.context() != context) {
      known = new Listed(context, list(context));
      last = known;
    }
    return known.objects();
  }

  private static List<SourceObject> list(JobContext context) {
    context.progress().step("listing dicom.input");
    List<SourceObject> objects =
        new SourceListing(
                context.hadoop(), "dicom.input", extension -> !SIDECARS.contains(extension))
            .list(
                DicomConfig.from(context.settings()).input(),
                found -> context.progress().found(found, "objects"));
    return objects;
  }

  /** Neighbours by name stay together, up to a share of the bytes. */
  static List<PackedObjects> shares(
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

  /** Bytes that are read of an object, as a rule. */
  private static long cost(SourceObject object, Depth depth) {
    return depth == Depth.PIXELS
        ? object.storedBytes()
        : Math.min(object.storedBytes(), ObjectAuditor.START_BYTES);
  }
}
