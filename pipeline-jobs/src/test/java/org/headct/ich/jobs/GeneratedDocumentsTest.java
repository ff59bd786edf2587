package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.headct.ich.domain.config.KeyReference;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.error.Explanation;
import org.headct.ich.domain.label.LabelReason;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.query.SqlHeader;
import org.headct.ich.jobs.run.CommandGroup;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/**
 * Tests that the reference tables in the documents are those of the code. With {@code
 * -Ddocuments.write=true} it writes them.
 */
class GeneratedDocumentsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final boolean WRITE = Boolean.getBoolean("documents.write");
  private static final Set<String> SHARED =
      Set.of("warehouse.path", "models.path", "reports.path", "max-reject-ratio");
  private static final List<String> FINDING_HEADER =
      List.of("| reason | meaning | cause | remedy |", "|---|---|---|---|");
  private static final String BEGIN = "<!-- generated: %s -->\n";
  private static final String END = "<!-- end -->\n";

  private static final String REMEDY =
      "%s is not what the code says. Write it with: ./mvnw -pl pipeline-jobs -am test"
          + " -Dtest=GeneratedDocumentsTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Ddocuments.write=true";

  @Test
  void commands() throws IOException {
    List<String> lines = new ArrayList<>(List.of("| command | |", "|---|---|"));
    for (CommandGroup group : PipelineMain.groups()) {
      for (Job job : group.jobs()) {
        String[] header = job.getClass().getAnnotation(Command.class).header();
        lines.add(row("`" + job.name() + "`", String.join(" ", header)));
      }
    }
    lines.add(
        row(
            "`help`, `completion`",
            "Explains a command, a key or a finding; completes in bash and zsh."));
    within("README.md", "commands", lines);
  }

  @Test
  void keys() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Settings");
    lines.add("");
    lines.add(
        "All keys of `reference.conf`, generated from it. `ich help KEY` prints the same. [How to"
            + " set them](README.md).");
    String section = "";
    String explanation = "";
    for (KeyReference key : KeyReference.all()) {
      String own = section(key.key());
      if (!own.equals(section)) {
        section = own;
        lines.addAll(List.of("", "## " + own, "", "| key | default | meaning |", "|---|---|---|"));
      }
      // Neighbours that share an explanation show it once.
      lines.add(
          row(
              "`" + key.key() + "`",
              "`" + key.defaultValue() + "`",
              key.explanation().equals(explanation) ? "as above" : key.explanation()));
      explanation = key.explanation();
    }
    whole("conf/KEYS.md", lines);
  }

  @Test
  void findings() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Findings");
    lines.add("");
    lines.add(
        "Generated from the reasons. `ich help REASON` prints the same. [Guide](README.md#findings).");
    lines.addAll(List.of("", "## Label files: ich.label_findings", ""));
    lines.addAll(FINDING_HEADER);
    for (LabelReason reason : LabelReason.values()) {
      lines.add(finding(reason.name(), reason.explanation()));
    }
    lines.addAll(List.of("", "## DICOM dumps: ich.slice_findings, ich.score_findings", ""));
    lines.addAll(FINDING_HEADER);
    for (SliceReason reason : SliceReason.values()) {
      lines.add(finding(reason.name(), reason.explanation()));
    }
    whole("common/domain/FINDINGS.md", lines);
  }

  private static String finding(String name, Explanation explanation) {
    return row(name, explanation.meaning(), explanation.cause(), explanation.remedy());
  }

  @Test
  void tables() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Tables and views");
    lines.add("");
    lines.add(
        "Generated from the table classes and the SQL of the views. `ich sql -e 'DESCRIBE labels'`"
            + " prints the same. [How to query them](README.md).");
    for (TableDefinition<?> table : Tables.ALL) {
      lines.addAll(List.of("", "## ich." + table.name(), "", table.comment()));
      lines.add("`" + table.filledBy() + "` fills it.");
      lines.addAll(List.of("", "| column | type | meaning |", "|---|---|---|"));
      for (StructField field : table.schema().fields()) {
        String type = field.dataType().simpleString() + (field.nullable() ? ", or null" : "");
        lines.add(row("`" + field.name() + "`", type, field.getComment().get()));
      }
    }
    for (Question question : Question.values()) {
      SqlHeader header = question.header();
      lines.addAll(List.of("", "## View " + question.view(), "", header.about()));
      lines.addAll(List.of("", "| column | meaning |", "|---|---|"));
      header.columns().forEach((name, meaning) -> lines.add(row("`" + name + "`", meaning)));
    }
    whole("pipeline-jobs/TABLES.md", lines);
  }

  /** Returns the heading of a key. Sections of one key share one. */
  private static String section(String key) {
    return SHARED.contains(key) ? "General" : key.substring(0, key.indexOf('.'));
  }

  private static String row(String... cells) {
    return "| "
        + String.join(
            " | ",
            Stream.of(cells).map(cell -> cell.replace("|", "\\|").replace("<", "&lt;")).toList())
        + " |";
  }

  private static void whole(String file, List<String> lines) throws IOException {
    Path path = ROOT.resolve(file);
    check(path, Files.exists(path) ? Files.readString(path) : "", text(lines));
  }

  private static void within(String file, String name, List<String> lines) throws IOException {
    Path path = ROOT.resolve(file);
    String text = Files.readString(path);
    String begin = BEGIN.formatted(name);
    int from = text.indexOf(begin);
    assertThat(from).as("%s lacks the line %s", file, begin.strip()).isNotNegative();
    from += begin.length();
    int to = text.indexOf(END, from);
    check(path, text, text.substring(0, from) + text(lines) + text.substring(to));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static void check(Path file, String found, String expected) throws IOException {
    if (WRITE) {
      Files.write(file, expected.getBytes(UTF_8));
    } else {
      assertThat(found).as(REMEDY, ROOT.relativize(file)).isEqualTo(expected);
    }
  }
}
