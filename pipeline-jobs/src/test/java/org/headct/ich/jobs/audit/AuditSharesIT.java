package org.headct.ich.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.PackedObjects;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSharesIT {
  @TempDir Path folder;

  @Test
  void isListedOnceACommand() throws Exception {
    Path dump = Files.createDirectory(folder.resolve("dump"));
    Files.write(dump.resolve("1.dcm"), new byte[3]);
    Pipeline pipeline = new Pipeline(TestSpark.session(), folder, "dicom.input=" + dump);
    AuditDicomJob job = new AuditDicomJob();
    JobContext command = pipeline.context();
    assertThat(job.plan(command).reads()).containsExactly("1 objects, 3 bytes");

    Files.write(dump.resolve("2.dcm"), new byte[3]);

    assertThat(job.plan(command).reads()).containsExactly("1 objects, 3 bytes");
    assertThat(job.plan(pipeline.context()).reads()).containsExactly("2 objects, 6 bytes");
    assertThat(job.plan(pipeline.context("dicom.input=" + dump.resolve("2.dcm"))).reads())
        .containsExactly("1 objects, 3 bytes");
  }

  @Test
  void sharesHoldAllObjectsInOrderAndSoManyBytes() {
    List<SourceObject> objects =
        IntStream.range(0, 9000)
            .mapToObj(i -> new SourceObject("file:/d/%04d".formatted(i), "", 0, i, i, false))
            .toList();
    JobContext context = new Pipeline(TestSpark.session(), folder).context();

    for (long splitBytes : new long[] {10_000, 1_000_000, Long.MAX_VALUE}) {
      List<List<SourceObject>> shares =
          AuditShares.of(objects, config(splitBytes, Depth.PIXELS), context).stream()
              .map(PackedObjects::unpack)
              .toList();

      assertThat(shares.stream().flatMap(List::stream)).containsExactlyElementsOf(objects);
      assertThat(shares).allMatch(share -> share.size() <= 2000);
      assertThat(shares)
          .allMatch(s -> s.stream().mapToLong(SourceObject::storedBytes).sum() <= splitBytes);
      // Two shares for each core, so that the last ones also run in parallel.
      assertThat(shares).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  private static DicomConfig config(long splitBytes, Depth depth) {
    return new DicomConfig(List.of("d"), DicomConfig.Reader.BUILTIN, splitBytes, depth, 0);
  }

  /** Each object has half a megabyte, of which the audit reads sixteen kilobytes. */
  @Test
  void whatIsNotReadDoesNotCount() {
    List<SourceObject> objects =
        IntStream.range(0, 4096)
            .mapToObj(
                i -> new SourceObject("file:/d/%04d".formatted(i), "", 0, 1 << 19, 1 << 19, false))
            .toList();
    JobContext context = new Pipeline(TestSpark.session(), folder).context();

    assertThat(AuditShares.of(objects, config(8 << 20, Depth.HEADER), context)).hasSize(8);
    assertThat(AuditShares.of(objects, config(8 << 20, Depth.PIXELS), context)).hasSize(256);
  }
}
