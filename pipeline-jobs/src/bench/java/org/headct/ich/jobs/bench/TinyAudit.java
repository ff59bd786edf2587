package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.testing.Pipeline;

/** Run of {@code audit-dicom} over tiny objects for {@link MemoryProbe}. */
final class TinyAudit {
  private TinyAudit() {}

  /**
   * Runs it on two cores.
   *
   * @param args the archive or folder of objects, a folder for the warehouse, and the expected
   *     number of objects
   */
  public static void main(String[] args) throws Exception {
    Pipeline pipeline =
        new Pipeline(CommandSpark.session(), Path.of(args[1]), "dicom.input=" + args[0]);
    MemoryProbe.tell(
        () -> {
          long slices = pipeline.run(new AuditDicomJob()).out();
          if (slices != Long.parseLong(args[2])) {
            throw new IllegalStateException("audit-dicom took %,d objects".formatted(slices));
          }
        });
  }
}
