package org.headct.ich.jobs.run;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.common.config.Settings;
import org.headct.ich.common.config.WarehouseConfig;
import org.headct.ich.common.error.DataRefusedException;
import org.headct.ich.common.error.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Parses a command line, runs the job behind it in a Spark session, and turns what happens into an
 * exit code.
 *
 * <p>0: done. 1: the job worked and its data or the machine failed a check; nothing was published.
 * 2: a mistake of the user, told in one line. 3: a failure of the system, with a stack trace in the
 * log.
 */
public final class CommandRunner {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USER_MISTAKE = 2;
  static final int SYSTEM_FAILURE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  private final CommandLine commands;
  private final PrintWriter out;
  private final PrintWriter err;

  public CommandRunner(List<Job> jobs) {
    this(
        jobs,
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
  }

  CommandRunner(List<Job> jobs, PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
    CommandSpec root =
        CommandSpec.create()
            .name("ich")
            .mixinStandardHelpOptions(true)
            .version("ich " + CodeVersion.current());
    root.usageMessage()
        .description("Head CT at scale: from a DICOM dump to evaluated detectors of haemorrhage.")
        .footer("", "ich COMMAND --help tells what a command reads and writes.");
    for (Job job : jobs) {
      CommandSpec command = CommandSpec.forAnnotatedObject(job);
      command.mixinStandardHelpOptions(true);
      command.addMixin("run", CommandSpec.forAnnotatedObject(new RunOptions()));
      root.addSubcommand(job.name(), command);
    }
    commands =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(true)
            .setExecutionStrategy(this::run)
            .setParameterExceptionHandler(this::explain)
            .setExecutionExceptionHandler((e, line, parsed) -> report(e));
  }

  /** Runs one command line; returns its exit code and never throws. */
  public int execute(String... args) {
    return commands.execute(args);
  }

  private int explain(CommandLine.ParameterException e, String[] args) {
    List<String> near =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    err.println(
        "ich: %s%s; %s --help tells"
            .formatted(
                String.valueOf(e.getMessage()).lines().findFirst().orElse("no such command line"),
                near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?",
                e.getCommandLine().getCommandSpec().qualifiedName()));
    return USER_MISTAKE;
  }

  private int run(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    if (!parsed.hasSubcommand()) {
      commands.usage(err);
      return USER_MISTAKE;
    }
    CommandSpec command = parsed.subcommand().commandSpec();
    CommandSpec mixin = Objects.requireNonNull(command.mixins().get("run"));
    RunOptions options = (RunOptions) mixin.userObject();
    return run((Job) command.userObject(), options);
  }

  private int run(Job job, RunOptions options) {
    try {
      Settings settings = options.settings();
      SparkSession base = Sessions.start(job.name());
      try (Progress progress =
          System.console() == null ? Progress.asLines(err) : Progress.onTerminal()) {
        base.sparkContext().addSparkListener(progress);
        SparkSession spark = Sessions.withCatalog(base, WarehouseConfig.from(settings));
        JobContext context = JobContext.create(spark, settings, out, progress);
        if (options.dryRun) {
          show(job.plan(context));
          return DONE;
        }
        job.plan(context);
        new ReportStore(context).prepare();
        JobReport report = job.run(context);
        new ReportStore(context).save(report);
        report.lines().forEach(err::println);
        return DONE;
      } finally {
        base.stop();
      }
    } catch (RuntimeException e) {
      return report(e);
    }
  }

  private void show(JobPlan plan) {
    plan.reads().forEach(line -> out.println("reads   " + line));
    plan.writes().forEach(line -> out.println("writes  " + line));
    out.println("dry run: nothing was read or written");
  }

  private int report(Exception e) {
    if (e instanceof UserException) {
      err.println("ich: " + e.getMessage());
      return USER_MISTAKE;
    }
    if (e instanceof DataRefusedException) {
      err.println("ich: " + e.getMessage());
      return REFUSED;
    }
    LOG.error("the run failed", e);
    err.println(
        "ich: the system failed (%s); the stack trace is in the log".formatted(rootCause(e)));
    return SYSTEM_FAILURE;
  }

  private static String rootCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return root.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }
}
