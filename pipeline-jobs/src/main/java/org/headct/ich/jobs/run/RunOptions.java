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
      description = "Settings in HOCON over the built-in defaults; may be repeated, later wins.")
  List<Path> configs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
      // The example has a line of its own, which the help does not break.
      {
        "One setting, over the files; may be repeated. Separate the items of a list with commas, or write",
        "[\"a b\",\"c,d\"]."
      })
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Check the settings and inputs, say what would be read and written, stop.")
  boolean dryRun;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write the run's JSON report to this file, for a scheduler; of a failed run, too.")
  @Nullable String report;

  Settings settings() {
    return SettingsLoader.load(configs, overrides);
  }
}
