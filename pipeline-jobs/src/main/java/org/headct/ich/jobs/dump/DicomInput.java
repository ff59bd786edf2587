package org.headct.ich.jobs.dump;

import java.util.List;
import java.util.Set;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceObject;
import org.jspecify.annotations.Nullable;

/** The objects of {@code dicom.input}. */
public final class DicomInput {
  /** What lies beside a dump and is none of its objects. */
  private static final Set<String> SIDECARS =
      Set.of("csv", "gz", "bz2", "zst", "txt", "md", "json", "xml", "html", "pdf", "png", "jpg");

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
}
