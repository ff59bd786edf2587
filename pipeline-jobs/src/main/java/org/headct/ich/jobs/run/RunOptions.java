package org.headct.ich.jobs.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.SettingsLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every command has. */
@Command
final class RunOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "HOCON file that overrides built-in defaults. May be repeated; the last one wins.")
  List<Path> configs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      completionCandidates = HelpCommand.Keys.class,
      description =
      // The example is a line of its own, so that the help does not break it.
      {
        "One setting; overrides files. May be repeated. Separate a list's items with commas, or",
        "write [\"a b\",\"c,d\"]."
      })
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Check settings and inputs, show what would be read and written, and stop.")
  boolean dryRun;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write the run's JSON report to this file, even if the run fails. For schedulers.")
  @Nullable String report;

  Settings settings() {
    return SettingsLoader.load(configs, overrides);
  }
}
