package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's standalone cluster on this machine, from the Spark that the build assembles. A master and
 * workers of one core each run as processes on the loopback interface and choose their ports.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long POLL_MS = 20;
  private static final long LOG_QUIET_MS = 300;
  private static final Pattern STARTED = Pattern.compile("Starting Spark master at (spark://\\S+)");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String master;

  /**
   * Starts the cluster and waits until all workers are registered.
   *
   * @param folder the folder for the logs and the executors' work
   * @param workerMemory the memory of a worker, in Spark's notation
   */
  public StandaloneCluster(Path folder, int workers, String workerMemory) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder);
    // For a test that is killed.
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    try {
      daemon("master", "org.apache.spark.deploy.master.Master", "127.0.0.1");
      await("the master's address", () -> STARTED.matcher(log("master")).find());
      Matcher matcher = STARTED.matcher(log("master"));
      master = matcher.find() ? matcher.group(1) : "";
      for (int i = 0; i < workers; i++) {
        daemon(
            "worker-" + i,
            "org.apache.spark.deploy.worker.Worker",
            // Each worker has a host of its own, because Spark runs no task twice at once on one
            // host.
            "127.0.0." + (i + 1),
            "--cores",
            "1",
            "--memory",
            workerMemory,
            "--work-dir",
            folder.resolve("work-" + i).toString(),
            master);
      }
      for (int i = 0; i < workers; i++) {
        String worker = "worker-" + i;
        await(worker, () -> log(worker).contains("Successfully registered with master"));
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private void daemon(String name, String type, String host, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Repository.top().resolve("deploy/spark-home/bin/spark-class").toString());
    command.add(type);
    command.addAll(List.of("--host", host, "--port", "0", "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("SPARK_LOCAL_IP", host);
    builder.environment().put("SPARK_DAEMON_MEMORY", "256m");
    processes.add(builder.start());
  }

  /** Returns the value for {@code --master}. */
  public String master() {
    return master;
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"), UTF_8);
  }

  /**
   * Process that computes for an application.
   *
   * @param log the file of its log
   */
  public record Executor(ProcessHandle process, Path log) {
    /** Returns whether it has a task that has begun and not ended. */
    public boolean isInTask() {
      String said = said();
      return count(said, "Executor: Running task ") > count(said, "Executor: Finished task ");
    }

    /**
     * Kills the executor with {@code kill -9} in the middle of a task. The process is stopped
     * first, so that its log is current: the end of a task is logged before its result is sent.
     *
     * @return false if it was between two tasks; then it continues
     */
    public boolean killInTask() {
      if (!isInTask()) {
        return false;
      }
      signal("STOP");
      for (String before = ""; !before.equals(said()); ) {
        before = said();
        pause(LOG_QUIET_MS);
      }
      if (!isInTask()) {
        signal("CONT");
        return false;
      }
      return process.destroyForcibly();
    }

    private void signal(String name) {
      try {
        new ProcessBuilder("bash", "-c", "kill -%s %d".formatted(name, process.pid()))
            .start()
            .waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private String said() {
      try {
        return Files.readString(log, UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static long count(String text, String part) {
      return text.lines().filter(line -> line.contains(part)).count();
    }
  }

  /** Returns the living executors. */
  public List<Executor> executors() {
    return processes.stream()
        .flatMap(Process::descendants)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> executor(handle).stream())
        .toList();
  }

  private Optional<Executor> executor(ProcessHandle handle) {
    List<String> arguments = commandLine(handle);
    int id = arguments.indexOf("--executor-id");
    int application = arguments.indexOf("--app-id");
    if (id < 0 || application < 0) {
      return Optional.empty();
    }
    Path place = Path.of(arguments.get(application + 1), arguments.get(id + 1), "stderr");
    return workFolders()
        .map(work -> work.resolve(place))
        .filter(Files::exists)
        .findFirst()
        .map(log -> new Executor(handle, log));
  }

  /** Kills a worker and its executors with {@code kill -9}. */
  public void killWorker() throws InterruptedException {
    Process worker = processes.get(1);
    List<ProcessHandle> started = worker.descendants().toList();
    worker.destroyForcibly().waitFor();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Reads the whole command line. The JDK's own method cuts it at 4,096 bytes, most of which are
   * options.
   */
  private static List<String> commandLine(ProcessHandle handle) {
    try {
      return List.of(
          Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"), UTF_8)
              .split("\0"));
    } catch (IOException e) {
      // The process has ended meanwhile.
      return List.of();
    }
  }

  /** Returns the logs of the executors of all applications, also of dead ones. */
  public List<String> executorLogs() throws IOException {
    List<String> logs = new ArrayList<>();
    for (Path work : workFolders().toList()) {
      try (Stream<Path> files = Files.find(work, 3, (f, a) -> f.endsWith("stderr"))) {
        for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
          logs.add(Files.readString(file, UTF_8));
        }
      }
    }
    return logs;
  }

  /** Returns the standard output of drivers that ran on the cluster. */
  public String driverOutput() throws IOException {
    StringBuilder said = new StringBuilder();
    for (Path work : workFolders().toList()) {
      try (Stream<Path> files = Files.walk(work, 2)) {
        for (Path file :
            files.filter(f -> f.toString().matches(".*/driver-[^/]*/stdout")).toList()) {
          said.append(Files.readString(file, UTF_8));
        }
      }
    }
    return said.toString();
  }

  private Stream<Path> workFolders() {
    return Stream.iterate(0, i -> i + 1)
        .limit(processes.size())
        .map(i -> folder.resolve("work-" + i))
        .filter(Files::isDirectory);
  }

  /** Waits until a condition holds. */
  public static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited %s in vain for %s".formatted(PATIENCE, what));
      }
      pause(POLL_MS);
    }
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends all processes, executors first. */
  @Override
  public void close() throws InterruptedException {
    kill();
    for (Process process : processes) {
      process.waitFor();
    }
  }

  private void kill() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
