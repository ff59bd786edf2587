package org.headct.ich.domain.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.headct.ich.domain.label.LabelPivot.Outcome;
import org.junit.jupiter.api.Test;

/** The rules on real rows: 201 slices of the competition, if the data lies beside the project. */
class LabelSampleTest {
  private static Path sample() {
    Path top = Path.of("").toAbsolutePath();
    while (top != null && !Files.isDirectory(top.resolve(".mvn"))) {
      top = top.getParent();
    }
    assumeTrue(top != null, "the top of the project was not found above the working directory");
    Path sample = top.resolveSibling("shared").resolve("data/rsna-sample.zip");
    assumeTrue(Files.isReadable(sample), "real data is not there: " + sample);
    return sample;
  }

  private static List<String> lines(Path sample) throws IOException {
    try (ZipFile zip = new ZipFile(sample.toFile())) {
      ZipEntry csv =
          zip.stream()
              .filter(entry -> entry.getName().endsWith("stage_2_train.csv"))
              .findFirst()
              .orElseThrow();
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(zip.getInputStream(csv), UTF_8))) {
        return reader.lines().toList();
      }
    }
  }

  @Test
  void countsOfTheSample() throws IOException {
    List<String> lines = lines(sample());
    LabelHeader.LongForm header =
        (LabelHeader.LongForm)
            LabelHeader.parse(lines.get(0), "stage_2_train.csv", Optional.empty());
    Map<String, LabelPartial> images = new HashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      LabelLine.Accepted row =
          (LabelLine.Accepted) LabelLine.parse(lines.get(i), header, LabelTexts.hashedIds());
      LabelPartial one = LabelPartial.of(row.subtype(), row.annotation(), 0, i + 1L);
      images.merge(row.imageId(), one, LabelPartial::merge);
    }
    List<ImageLabels> kept = new ArrayList<>();
    for (Map.Entry<String, LabelPartial> image : images.entrySet()) {
      Outcome outcome = LabelPivot.finish(image.getKey(), image.getValue());
      assertThat(outcome.findings()).isEmpty();
      kept.add(outcome.labels().orElseThrow());
    }
    assertThat(lines).hasSize(1 + 1206);
    assertThat(kept).hasSize(201);
    Map<Subtype, Long> positive = new HashMap<>();
    for (Subtype subtype : Subtype.ALL) {
      positive.put(subtype, kept.stream().filter(image -> image.has(subtype)).count());
    }
    assertThat(positive)
        .containsEntry(Subtype.EPIDURAL, 0L)
        .containsEntry(Subtype.INTRAPARENCHYMAL, 28L)
        .containsEntry(Subtype.INTRAVENTRICULAR, 7L)
        .containsEntry(Subtype.SUBARACHNOID, 31L)
        .containsEntry(Subtype.SUBDURAL, 21L)
        .containsEntry(Subtype.ANY, 50L);
  }
}
