package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.source.FlakyFileSystem;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a storage fault is not taken for a defect of an object. */
class AuditFaultsIT {
  /** Like the launcher's local mode: a task has three attempts. */
  private static final Map<String, String> RETRIES = Map.of("spark.master", "local[2,3]");

  @TempDir Path folder;

  private Path dump = Path.of("");
  private Configuration hadoop = new Configuration(false);

  @BeforeEach
  void makeDump() throws Exception {
    dump = folder.resolve("dump");
    pipeline(
            "phantoms.output=" + dump,
            "phantoms.patients=2",
            "phantoms.slices=5",
            "phantoms.size=128")
        .run(new MakePhantomsJob());
    hadoop = TestSpark.session(RETRIES).sparkContext().hadoopConfiguration();
    hadoop.set("fs.flaky.impl", FlakyFileSystem.class.getName());
    hadoop.setBoolean("fs.flaky.impl.disable.cache", true);
    hadoop.setLong(FlakyFileSystem.GOOD_BYTES, 100);
  }

  @AfterEach
  void recover() {
    FlakyFileSystem.FAULTS.set(Long.MAX_VALUE);
    TestSpark.session();
  }

  private Pipeline pipeline(String... settings) {
    return new Pipeline(TestSpark.session(RETRIES), folder, settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "pixels"})
  void faultsThatPassAreTriedAgain(String depth) {
    FlakyFileSystem.FAULTS.set(2);

    JobReport report = audit(depth);

    assertThat(report.out()).isEqualTo(10);
    assertThat(report.rejected()).isEmpty();
    assertThat(FlakyFileSystem.FAULTS.get()).as("both faults happened").isNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "pixels"})
  void faultsThatLastFailTheRunAndNameTheObject(String depth) {
    FlakyFileSystem.FAULTS.set(Long.MAX_VALUE);

    assertThatThrownBy(() -> audit(depth))
        .isNotInstanceOfAny(UserException.class, DataRefusedException.class)
        .hasStackTraceContaining("cannot read flaky:")
        .hasStackTraceContaining("connection reset");
    assertThat(pipeline().warehouse().exists(new SlicesTable())).isFalse();
  }

  private JobReport audit(String depth) {
    String input = "flaky:" + dump.resolve(PhantomDump.FOLDER).toAbsolutePath();
    assertThat(Files.exists(dump.resolve(PhantomDump.FOLDER))).isTrue();
    return pipeline("dicom.input=" + input, "audit.depth=" + depth, "max-reject-ratio=1")
        .run(new AuditDicomJob());
  }
}
