package org.headct.ich.jobs.run;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.config.KeyReference;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/** The commands, options and help texts of {@code ich}. */
final class CommandTree {
  private static final String SETTINGS = "settings";

  private CommandTree() {}

  /** Creates the command line. Its commands are the jobs, {@code help} and {@code completion}. */
  static CommandLine of(List<CommandGroup> groups) {
    CommandSpec root =
        CommandSpec.create()
            .name("ich")
            .mixinStandardHelpOptions(true)
            .version("ich " + CodeVersion.current());
    root.usageMessage()
        .description("Head CT at scale: from a DICOM dump to evaluated detectors of haemorrhage.")
        .footer("", "ich COMMAND --help shows what a command reads, writes and can be told.");
    for (CommandGroup group : groups) {
      for (Job job : group.jobs()) {
        CommandSpec command = CommandSpec.forAnnotatedObject(job);
        command.mixinStandardHelpOptions(true);
        command.addMixin("run", CommandSpec.forAnnotatedObject(new RunOptions()));
        command.usageMessage().sectionKeys(withSettings(command));
        command.usageMessage().sectionMap().put(SETTINGS, help -> settings(help, job.keys()));
        root.addSubcommand(job.name(), command);
      }
    }
    root.addSubcommand(HelpCommand.NAME, CommandSpec.forAnnotatedObject(new HelpCommand()));
    root.addSubcommand(
        CompletionCommand.NAME, CommandSpec.forAnnotatedObject(new CompletionCommand()));
    root.usageMessage().sectionMap().remove(SECTION_KEY_COMMAND_LIST_HEADING);
    root.usageMessage().sectionMap().put(SECTION_KEY_COMMAND_LIST, help -> listed(help, groups));
    return new CommandLine(root);
  }

  private static List<String> withSettings(CommandSpec command) {
    List<String> keys = new ArrayList<>(command.usageMessage().sectionKeys());
    keys.add(keys.indexOf(SECTION_KEY_FOOTER_HEADING), SETTINGS);
    return keys;
  }

  /** Lists the commands by group, one line each. */
  private static String listed(Help help, List<CommandGroup> groups) {
    Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
    int width = left.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (CommandGroup group : groups) {
      Map<String, Help> commands = new LinkedHashMap<>();
      group.jobs().forEach(job -> commands.put(job.name(), left.remove(job.name())));
      text.append(group.title()).append('\n').append(lines(help, commands, width));
    }
    return text.append("Help\n").append(lines(help, left, width)).toString();
  }

  private static String lines(Help help, Map<String, Help> commands, int width) {
    StringBuilder lines = new StringBuilder();
    commands.forEach(
        (name, command) ->
            lines
                .append("  ")
                .append(help.ansi().string("@|bold " + name + "|@"))
                .append(" ".repeat(width - name.length() + 2))
                .append(command.header().strip())
                .append('\n'));
    return lines.toString();
  }

  /** Lists the settings that people change with a command, each with its default. */
  private static String settings(Help help, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    Map<String, String> lines = new LinkedHashMap<>();
    for (String name : names) {
      for (KeyReference key : KeyReference.named(name)) {
        lines.put(key.key() + " = " + key.defaultValue(), key.summary());
      }
    }
    return "Settings, with defaults (ich help KEY explains a key):\n" + help.createTextTable(lines);
  }
}
