package org.headct.ich.jobs.run;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.file.DiskSpace;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportStore;
import org.headct.ich.jobs.source.StorageRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The runner of commands. It parses a command line, runs the job in a Spark session, and turns the
 * result into an exit code.
 *
 * <p>0: done. 1: the data or the machine failed a check; nothing was published. 2: a mistake of the
 * user, explained in one line. 3: a failure of the system, with a stack trace in the log.
 */
public final class CommandRunner {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USER_MISTAKE = 2;
  static final int SYSTEM_FAILURE = 3;

  /** The code that {@link #check} returns for a valid command line. */
  static final int READY = 64;

  private final CommandLine commands;
  private final PrintWriter out;
  private final PrintWriter err;

  public CommandRunner(List<CommandGroup> groups) {
    this(
        groups,
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
        LogWriter.wanted()
            ? LogWriter.to(log())
            : new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
  }

  CommandRunner(List<CommandGroup> groups, PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
    commands =
        CommandTree.of(groups)
            .setOut(out)
            .setErr(err)
            .setUsageHelpAutoWidth(true)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(this::explain)
            .setExecutionExceptionHandler((e, line, parsed) -> report(e));
  }

  /**
   * Returns the logger. It is created late because starting log4j takes most of the time of {@code
   * --help}.
   */
  private static Logger log() {
    return LoggerFactory.getLogger(CommandRunner.class);
  }

  /** Runs one command line and returns its exit code. Never throws. */
  public int execute(String... args) {
    RunId.begin();
    return commands.setExecutionStrategy(parsed -> dispatch(parsed, this::run)).execute(args);
  }

  /**
   * Checks one command line without Spark. The launcher calls it before it starts spark-submit. It
   * prints help and mistakes as {@link #execute} does.
   *
   * @return 64 if the command is ready to run, else the exit code
   */
  public int check(String... args) {
    return commands.setExecutionStrategy(parsed -> dispatch(parsed, this::check)).execute(args);
  }

  private int explain(CommandLine.ParameterException e, String[] args) {
    List<String> near =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    complain(
        "%s%s; see %s --help"
            .formatted(
                String.valueOf(e.getMessage()).lines().findFirst().orElse("no such command line"),
                near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?",
                e.getCommandLine().getCommandSpec().qualifiedName()));
    return USER_MISTAKE;
  }

  private int dispatch(ParseResult parsed, ToIntBiFunction<Job, RunOptions> action) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    if (!parsed.hasSubcommand()) {
      commands.usage(err);
      return USER_MISTAKE;
    }
    CommandSpec command = parsed.subcommand().commandSpec();
    if (command.userObject() instanceof Callable<?> help) {
      return help(help);
    }
    CommandSpec mixin = Objects.requireNonNull(command.mixins().get("run"));
    return action.applyAsInt((Job) command.userObject(), (RunOptions) mixin.userObject());
  }

  /** Runs a command that needs no settings and no Spark. */
  private int help(Callable<?> command) {
    try {
      command.call();
      return DONE;
    } catch (Exception e) {
      return report(e);
    }
  }

  private int check(Job job, RunOptions options) {
    try {
      settings(job, options);
      return READY;
    } catch (RuntimeException e) {
      return report(e);
    }
  }

  private static Settings settings(Job job, RunOptions options) {
    Settings settings = options.settings();
    WarehouseConfig.from(settings);
    job.check(settings);
    return settings;
  }

  private int run(Job job, RunOptions options) {
    String runId = RunId.current();
    JobReport.Builder failed = JobReport.of(job.name(), runId, bytes -> {});
    int code;
    String message;
    try {
      Settings settings = settings(job, options);
      logLine();
      WarehouseConfig warehouse = WarehouseConfig.from(settings);
      SparkSession base = Sessions.start(job.name(), warehouse);
      try (Progress progress =
          System.console() == null || LogWriter.wanted()
              ? Progress.asLines(err)
              : Progress.onTerminal()) {
        base.sparkContext().addSparkListener(progress);
        SparkSession spark = Sessions.withCatalog(base, warehouse);
        JobContext context = JobContext.create(spark, settings, runId, out, progress);
        return run(job, context, options);
      } finally {
        base.stop();
      }
    } catch (Throwable e) {
      // Spark throws checked exceptions that no signature declares. Hadoop throws an Error when a
      // disk is full.
      code = exitCode(e);
      message = message(e);
      tell(e, code, message);
    }
    if (options.report != null && !options.dryRun) {
      report(options.report, failed.ended(code, message));
    }
    return code;
  }

  /**
   * Logs the command that the launcher runs. Debug level for people, because every command would
   * start with this line.
   */
  private static void logLine() {
    String line = System.getenv("ICH_LINE");
    if (line != null) {
      log().atLevel(LogWriter.wanted() ? Level.INFO : Level.DEBUG).log("started as{}", line);
    }
  }

  private int run(Job job, JobContext context, RunOptions options) {
    JobPlan plan = job.plan(context);
    if (options.dryRun) {
      show(plan);
      return DONE;
    }
    ReportStore reports = context.reports();
    reports.prepare();
    JobReport.Builder failed = JobReport.of(job.name(), context.runId(), bytes -> {});
    JobReport report;
    try {
      report = job.run(context);
    } catch (Throwable e) {
      RuntimeException told =
          DiskSpace.shortage(e, context.spark(), context.places())
              .<RuntimeException>map(shortage -> new SystemFailure(shortage, e))
              .orElse(null);
      JobReport ended = failed.ended(exitCode(e), message(told == null ? e : told));
      saveFailedRun(e, reports, ended);
      if (told != null) {
        throw told;
      }
      throw e;
    }
    reports.save(report);
    if (options.report != null) {
      ReportStore.save(context.hadoop(), options.report, report);
    }
    new ReportPrinter(err, System.console() == null ? Ansi.OFF : Ansi.AUTO).print(report, options);
    return DONE;
  }

  /** Saves the report of a failed run. If that fails too, the user still sees the first failure. */
  private static void saveFailedRun(Throwable failure, ReportStore reports, JobReport report) {
    try {
      reports.save(report);
    } catch (RuntimeException | Error e) {
      log().warn("the report of the failed run could not be written: {}", e.getMessage());
      failure.addSuppressed(e);
    }
  }

  private void show(JobPlan plan) {
    plan.reads().forEach(line -> out.println("reads   " + line));
    plan.writes().forEach(line -> out.println("writes  " + line));
    out.println("dry run: nothing was read or written");
  }

  private static int exitCode(Throwable e) {
    if (e instanceof UserException) {
      return USER_MISTAKE;
    }
    if (e instanceof DataRefusedException) {
      return REFUSED;
    }
    return StorageRefusal.behind(e).isPresent() ? USER_MISTAKE : SYSTEM_FAILURE;
  }

  /** Returns the message of a failure, in one line. */
  private static String message(Throwable e) {
    boolean told =
        e instanceof UserException
            || e instanceof DataRefusedException
            || e instanceof SystemFailure;
    if (told) {
      return String.valueOf(e.getMessage());
    }
    return StorageRefusal.behind(e)
        .map(refusal -> "the storage refuses: " + refusal)
        .orElseGet(
            () -> "the system failed (%s); the stack trace is in the log".formatted(rootCause(e)));
  }

  private int report(Exception e) {
    int code = exitCode(e);
    tell(e, code, message(e));
    return code;
  }

  private void tell(Throwable e, int code, String message) {
    if (code == SYSTEM_FAILURE) {
      log().error("the run failed", e);
    }
    // A run that a mistake prevented has no log lines to look for, so its id is left out.
    complain(code == USER_MISTAKE ? message : "%s (run %s)".formatted(message, RunId.current()));
  }

  private void complain(String message) {
    if (LogWriter.wanted()) {
      log().error("ich: {}", message);
    } else {
      err.println("ich: " + message);
    }
  }

  /** Saves the report that the user asked for. An error here does not change the exit code. */
  private void report(String file, JobReport report) {
    try {
      // The run may have failed before Spark started; the file systems' settings are known anyway.
      Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
      ReportStore.save(hadoop, file, report);
    } catch (UserException e) {
      complain(String.valueOf(e.getMessage()));
    }
  }

  /** A failure of the system whose message needs no stack trace. */
  private static final class SystemFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SystemFailure(String message, Throwable cause) {
      super(message, cause);
    }
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
