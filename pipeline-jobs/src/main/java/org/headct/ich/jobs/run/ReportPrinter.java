package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.headct.ich.jobs.report.JobReport;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The printer of a command's report. Colours the outcome and the warnings on a terminal, unless
 * {@code NO_COLOR} is set (https://no-color.org).
 */
final class ReportPrinter {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

  private final PrintWriter to;
  private final boolean coloured;

  ReportPrinter(PrintWriter to, Ansi ansi) {
    this.to = to;
    coloured = ansi.enabled();
  }

  /** Prints a report, and the commands that usually follow with the settings of this run. */
  void print(JobReport report, RunOptions options) {
    List<String> lines = report.lines();
    to.println(styled(lines.get(0), Style.bold));
    for (String line : lines.subList(1, lines.size())) {
      to.println(line.startsWith(JobReport.ATTENTION) ? styled(line, Style.fg_yellow) : line);
    }
    report.written().values().stream()
        .filter(file -> file.endsWith(".html"))
        .forEach(page -> to.println(styled("open: " + page, Style.bold)));
    for (String command : report.advice().next()) {
      to.println(styled("next: ich " + command + repeated(options, command), Style.bold));
    }
  }

  private String styled(String text, Style style) {
    return coloured ? style.on() + text + Style.reset.off() : text;
  }

  /** Returns the options of this run that the next command needs as well and does not set. */
  private static String repeated(RunOptions options, String command) {
    List<String> words = new ArrayList<>();
    options.configs.forEach(file -> words.addAll(List.of("--config", file.toString())));
    options.overrides.stream()
        // Credentials do not belong on a screen.
        .filter(setting -> !setting.startsWith("catalog.properties."))
        .filter(setting -> !command.contains("--set " + key(setting) + "="))
        .forEach(setting -> words.addAll(List.of("--set", setting)));
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(' ').append(quoted(word)));
    return text.toString();
  }

  private static String key(String setting) {
    return setting.substring(0, setting.indexOf('=')).strip();
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
