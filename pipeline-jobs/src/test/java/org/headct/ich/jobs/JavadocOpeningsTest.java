package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Test;

/** Javadoc's first sentences name the thing or say what is done: CONTRIBUTING, "Prose". */
class JavadocOpeningsTest {
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  /** Openings that leave the reader to guess the subject. */
  private static final Pattern STILTED =
      Pattern.compile(
          "(What|Whether|Of|How|Where|As|For|From|Which|By|In|To|Those|They|On|With|Whose|Why|At|So"
              + "|Over|Between|Such|Nothing|Behind|Under|None of|The same|All but|All that|Some of)"
              + "\\b.*");

  @Test
  void firstSentencesAreNounOrVerbPhrases() throws IOException {
    List<String> found = new ArrayList<>();
    int comments = 0;
    for (Path file : sources()) {
      Matcher comment = COMMENT.matcher(Files.readString(file));
      while (comment.find()) {
        comments++;
        String text = comment.group(1).replaceAll("\\s*\\n\\s*\\*? ?", " ").strip();
        if (STILTED.matcher(text).matches()) {
          found.add(file.getFileName() + ": " + text.substring(0, Math.min(70, text.length())));
        }
      }
    }
    assertThat(comments).isGreaterThan(2000);
    assertThat(found).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("common", "pipeline-jobs")) {
      try (Stream<Path> all = Files.walk(Repository.top().resolve(module))) {
        all.filter(file -> file.toString().contains("/src/") && file.toString().endsWith(".java"))
            .forEach(files::add);
      }
    }
    return files;
  }
}
