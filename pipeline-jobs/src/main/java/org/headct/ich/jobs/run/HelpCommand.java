package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;
import org.headct.ich.domain.config.KeyReference;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.error.Explanation;
import org.headct.ich.domain.label.LabelReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that explains a command or a setting. */
@Command(
    name = HelpCommand.NAME,
    header = "Explains a command, a setting or a finding.",
    footer = {
      "Example: ich help select.middle-slices",
      "         ich help tensors",
      "         ich help TRUNCATED"
    })
final class HelpCommand implements Callable<Integer> {
  static final String NAME = "help";

  private static final int WIDTH = 78;
  private static final String INDENT = "  ";

  /** The keys, for the completion by shells. */
  static final class Keys implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SettingsLoader.keys().iterator();
    }
  }

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = Keys.class,
      description =
          "A command, a key such as tensors.size, a section such as tensors, or a finding.")
  @Nullable String name;

  @Override
  public Integer call() {
    CommandLine own = Objects.requireNonNull(spec).commandLine();
    CommandLine root = own.getParent();
    PrintWriter out = own.getOut();
    CommandLine command = name == null ? root : root.getSubcommands().get(name);
    if (command != null) {
      command.usage(out);
    } else if (!explainFinding(Objects.requireNonNull(name), out)) {
      explain(KeyReference.named(name), out);
    }
    return CommandRunner.DONE;
  }

  /** Prints the findings of that name. Returns whether there is one. */
  private static boolean explainFinding(String name, PrintWriter out) {
    Map<String, Explanation> found = new LinkedHashMap<>();
    Stream.of(LabelReason.values())
        .filter(reason -> reason.name().equalsIgnoreCase(name))
        .forEach(reason -> found.put(reason + " in a label file", reason.explanation()));
    Stream.of(SliceReason.values())
        .filter(reason -> reason.name().equalsIgnoreCase(name))
        .forEach(reason -> found.put(reason + " in a DICOM dump", reason.explanation()));
    found.forEach(
        (title, explanation) -> {
          out.println(title);
          out.println(wrapped("Meaning: " + explanation.meaning()));
          out.println(wrapped("Cause: " + explanation.cause()));
          out.println(wrapped("Remedy: " + explanation.remedy()));
        });
    return !found.isEmpty();
  }

  /** Prints keys. Neighbours with the same explanation share it. */
  private static void explain(List<KeyReference> keys, PrintWriter out) {
    for (int i = 0; i < keys.size(); i++) {
      KeyReference key = keys.get(i);
      out.println(key.key() + " = " + key.defaultValue());
      boolean last =
          i + 1 == keys.size() || !keys.get(i + 1).explanation().equals(key.explanation());
      if (last) {
        out.println(wrapped(key.explanation()));
        out.println();
      }
    }
    out.println("The values are defaults. Change one with --set KEY=VALUE or in a --config file.");
  }

  private static String wrapped(String text) {
    return WordUtils.wrap(text, WIDTH)
        .lines()
        .map(line -> INDENT + line)
        .collect(Collectors.joining("\n"));
  }
}
