package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.jobs.testing.MarkdownDocument;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the documents: links lead somewhere, sizes stay small, decisions name real tests. */
class DocumentsTest {
  private static final Path TOP = Repository.top();
  private static final Set<String> OUTSIDE =
      Set.of(".git", "target", "node_modules", "ich-data", "ich-demo", ".cifuzz-corpus");

  /** Largest size of a document in bytes. */
  private static final Map<String, Long> LIMITS =
      new TreeMap<>(
          Map.of(
              "README.md", 9_216L,
              "CONTRIBUTING.md", 10_240L,
              "conf/README.md", 12_288L,
              "common/domain/README.md", 12_288L,
              "pipeline-jobs/README.md", 12_288L,
              "deploy/README.md", 12_288L,
              "notebooks/README.md", 12_288L));

  private static final List<String> DECISIONS =
      List.of("common/DECISIONS.md", "pipeline-jobs/DECISIONS.md");
  private static final long DECISIONS_LIMIT = 22_528;

  /** The openings of a decision's second, third and fourth line. */
  private static final List<String> LABELS = List.of("*Because* ", "*Price:* ", "*Held by:* ");

  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

  @TempDir Path folder;

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : files(".md")) {
      broken.addAll(MarkdownDocument.read(file).brokenLinks(TOP));
    }
    assertNone(broken);
  }

  @Test
  void documentsAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Map.Entry<String, Long> limit : LIMITS.entrySet()) {
      Path file = TOP.resolve(limit.getKey());
      if (Files.exists(file)) {
        check(limit.getKey(), Files.size(file), limit.getValue(), tooLong);
      }
    }
    long decisions = 0;
    for (String file : DECISIONS) {
      decisions += Files.size(TOP.resolve(file));
    }
    check(String.join(" and ", DECISIONS), decisions, DECISIONS_LIMIT, tooLong);
    assertNone(tooLong);
  }

  @Test
  void decisionsHaveFourLinesAndNameRealTests() throws IOException {
    Set<String> tests = new HashSet<>();
    for (Path file : files(".java")) {
      tests.add(file.getFileName().toString().replace(".java", ""));
    }
    List<String> faults = new ArrayList<>();
    for (String file : DECISIONS) {
      faults.addAll(faults(file, Files.readAllLines(TOP.resolve(file)), tests));
    }
    assertNone(faults);
  }

  @Test
  void aDecisionWithoutItsTestIsSeen() {
    List<String> whole = List.of("**A.** B.\\", "*Because* c.\\", "*Price:* d.\\");
    assertThat(faults("D.md", with(whole, "*Held by:* `RealTest`."), Set.of("RealTest"))).isEmpty();
    assertThat(faults("D.md", with(whole, "*Held by:* `GoneIT`."), Set.of("RealTest")))
        .containsExactly(
            "D.md:4: no test class is named GoneIT: name the test that holds the decision");
    assertThat(faults("D.md", with(whole, "*Held by:* care."), Set.of("RealTest")))
        .containsExactly("D.md:4: names no test class: add one in backticks, such as `StagesIT`");
    assertThat(faults("D.md", whole, Set.of("RealTest")))
        .containsExactly("D.md:1: the decision lacks its line 4: begin it with *Held by:*");
  }

  @ParameterizedTest
  @CsvSource({
    "Two commands, two-commands",
    "Whole commands: `deploy/bench/start`, whole-commands-deploybenchstart",
    "752803 slices; 100 million, 752803-slices-100-million",
    "A [link](to.md) & more, a-link--more",
    "snake_case – Größe?, snake_case--größe",
  })
  void anchorsAreGitHubs(String heading, String anchor) {
    assertThat(MarkdownDocument.slug(heading)).isEqualTo(anchor);
  }

  @Test
  void brokenLinksAreSeen() throws IOException {
    Files.writeString(folder.resolve("other.md"), "# One\n\n## One\n");
    Path file = folder.resolve("a.md");
    Files.writeString(
        file,
        """
        # Title
        [good](other.md) [good](other.md#one-1) [good](#title) [web](https://example.org/#x)
        ![good](<other.md> "with a title") `[code](gone.md)` <img src="gone.png">
        ```
        [code](gone.md)
        # Code
        ```
        [bad](gone.md) and [bad](other.md#two)
        [bad](#code)
        [bad](../outside.md)
        """);
    assertThat(MarkdownDocument.read(file).brokenLinks(folder))
        .containsExactly(
            "a.md:3: the link gone.png leads to no file: correct the path, or remove the link",
            "a.md:8: the link gone.md leads to no file: correct the path, or remove the link",
            "a.md:8: the link other.md#two leads to no heading: take one of [one, one-1]",
            "a.md:9: the link #code leads to no heading: take one of [title]",
            "a.md:10: the link ../outside.md leaves the repository: link to a file in it");
  }

  private static List<String> with(List<String> lines, String last) {
    List<String> all = new ArrayList<>(lines);
    all.add(last);
    return all;
  }

  private static void check(String name, long bytes, long limit, List<String> tooLong) {
    if (bytes > limit) {
      tooLong.add(
          "%s: %,d bytes, %,d more than its limit of %,d: shorten it, or move text to a guide"
              .formatted(name, bytes, bytes - limit, limit));
    }
  }

  /** Finds decisions, which open with bold text, without the other lines or without a test. */
  private static List<String> faults(String file, List<String> lines, Set<String> tests) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("**")) {
        continue;
      }
      for (int k = 0; k < LABELS.size(); k++) {
        int at = i + 1 + k;
        if (at >= lines.size() || !lines.get(at).startsWith(LABELS.get(k))) {
          faults.add(
              "%s:%d: the decision lacks its line %d: begin it with %s"
                  .formatted(file, i + 1, k + 2, LABELS.get(k).strip()));
          break;
        }
        if (k == LABELS.size() - 1) {
          faults.addAll(testFaults(file, at + 1, lines.get(at), tests));
        }
      }
    }
    return faults;
  }

  private static List<String> testFaults(String file, int number, String line, Set<String> tests) {
    List<String> faults = new ArrayList<>();
    Matcher named = NAMED_TEST.matcher(line);
    boolean any = false;
    while (named.find()) {
      any = true;
      if (!tests.contains(named.group(1))) {
        faults.add(
            "%s:%d: no test class is named %s: name the test that holds the decision"
                .formatted(file, number, named.group(1)));
      }
    }
    if (!any) {
      faults.add(
          "%s:%d: names no test class: add one in backticks, such as `StagesIT`"
              .formatted(file, number));
    }
    return faults;
  }

  private static void assertNone(List<String> faults) {
    assertThat(faults).withFailMessage(() -> String.join("\n", faults)).isEmpty();
  }

  private static List<Path> files(String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        TOP,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return OUTSIDE.contains(visited.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ending)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    return files;
  }
}
