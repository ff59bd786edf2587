package org.headct.ich.jobs.dump;

import java.util.List;
import java.util.Set;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceListing.Listed;
import org.headct.ich.jobs.source.SourceObject;
import org.jspecify.annotations.Nullable;

/** Objects of {@code dicom.input}. */
public final class DicomInput {
  /** Extensions of files that lie in a dump and are not DICOM objects. They are only counted. */
  private static final Set<String> SIDECARS =
      Set.of("csv", "txt", "md", "json", "xml", "html", "pdf", "png", "jpg");

  private @Nullable JobContext context;
  private @Nullable Listed last;

  /** Returns the objects of the input, in order. */
  public List<SourceObject> objects(JobContext of) {
    return listed(of).objects();
  }

  /**
   * Lists the input once for each command. Its plan, comparison and run share a context. 750,000
   * objects on object storage take 750 requests.
   */
  public synchronized Listed listed(JobContext of) {
    Listed known = last;
    // Identity decides: equal records may belong to different commands.
    if (known == null || context != of) {
      known = list(of);
      last = known;
      context = of;
    }
    return known;
  }

  private static Listed list(JobContext context) {
    context.progress().step("listing dicom.input");
    return new SourceListing(
            context.hadoop(), "dicom.input", extension -> !SIDECARS.contains(extension))
        .list(
            DicomConfig.from(context.settings()).input(),
            found -> context.progress().found(found, "objects"));
  }
}
