package org.headct.ich.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real sample beside the repository, in the competition's layout. Skipped if it is absent. */
class RsnaSampleIT {
  private Path sample = Path.of("");

  @BeforeEach
  void findSample() {
    Path top = Path.of("").toAbsolutePath();
    while (top.getParent() != null && !Files.exists(top.resolve(".mvn"))) {
      top = top.getParent();
    }
    sample = top.resolve("../shared/data/rsna-sample.zip").normalize();
    assumeTrue(Files.exists(sample), "no RSNA sample at " + sample);
  }

  @Test
  void everyMemberIsWhatTheJdkReads() throws Exception {
    Map<String, byte[]> expected = Zips.readByJdk(sample);
    Configuration hadoop = new Configuration();
    List<SourceObject> objects =
        new SourceListing(hadoop, "dicom.input", Set.of("dcm", "csv")::contains)
            .list(List.of(sample.toString()));

    assertThat(objects).filteredOn(object -> object.extension().equals("dcm")).hasSize(201);
    assertThat(objects).filteredOn(object -> object.extension().equals("csv")).hasSize(1);
    try (SourceReader reader = new SourceReader(hadoop)) {
      for (SourceObject object : objects) {
        assertThat(reader.read(object)).isEqualTo(expected.get(object.member()));
        try (InputStream in = reader.open(object)) {
          assertThat(in.readAllBytes()).isEqualTo(expected.get(object.member()));
        }
      }
    }
  }
}
