package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;
import org.headct.ich.domain.config.KeyReference;
import org.headct.ich.domain.config.SettingsLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that explains a command or a setting. */
@Command(
    name = HelpCommand.NAME,
    header = "Explains a command, a setting or a section of settings.",
    footer = {"Example: ich help select.middle-slices", "         ich help tensors"})
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
      description = "A command, a key such as tensors.size, or a section such as tensors.")
  @Nullable String name;

  @Override
  public Integer call() {
    CommandLine own = Objects.requireNonNull(spec).commandLine();
    CommandLine root = own.getParent();
    PrintWriter out = own.getOut();
    CommandLine command = name == null ? root : root.getSubcommands().get(name);
    if (command == null) {
      explain(KeyReference.named(Objects.requireNonNull(name)), out);
    } else {
      command.usage(out);
    }
    return CommandRunner.DONE;
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
