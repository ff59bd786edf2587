package org.headct.ich.jobs.dump;

import java.util.List;
import java.util.Set;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceObject;
import org.jspecify.annotations.Nullable;

/** Objects of {@code dicom.input}. */
public final class DicomInput {
  /** Extensions of files that lie in a dump and are not DICOM objects. */
  private static final Set<String> SIDECARS =
      Set.of("csv", "gz", "bz2", "zst", "txt", "md", "json", "xml", "html", "pdf", "png", "jpg");

  private @Nullable Listed last;

  private record Listed(JobContext context, List<SourceObject> objects) {}

  /**
   * Lists the objects once for each command. Its plan, comparison and run share a context. 750,000
   * objects on object storage take 750 requests.
   */
  public synchronized List<SourceObject> objects(JobContext context) {
    Listed known = last;
    // Identity decides: equal records may belong to different commands.
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
