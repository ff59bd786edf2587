package org.headct.ich.jobs.run;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that prints a script with which bash and zsh complete commands and keys. */
@Command(
    name = CompletionCommand.NAME,
    header = "Prints a completion script for bash and zsh.",
    footer = {
      "Example: source <(deploy/bin/ich completion)",
      "Put that line into ~/.bashrc, or into ~/.zshrc after compinit."
    })
final class CompletionCommand implements Callable<Integer> {
  static final String NAME = "completion";

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine own = Objects.requireNonNull(spec).commandLine();
    CommandLine root = own.getParent();
    own.getOut().println(AutoComplete.bash(root.getCommandName(), root));
    return CommandRunner.DONE;
  }
}
