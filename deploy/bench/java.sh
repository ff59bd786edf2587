# Sourced by the benchmark scripts. Compiles the test classes and runs one of the benchmark programs.
#   bench CLASS NAME [arguments]   the default JSON file is pipeline-jobs/target/bench-NAME.json
# shellcheck shell=bash

bench() {
  local program=$1 name=$2
  shift 2
  local home jobs opens
  home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  jobs=$home/pipeline-jobs

  echo "bench: compiling" >&2
  (cd "$home" && ./mvnw -q -B --no-transfer-progress -pl pipeline-jobs -am test-compile \
    dependency:build-classpath -Dmdep.outputFile=target/test-classpath.txt -Dmdep.includeScope=test >&2)

  # A plain JVM needs the options that spark-submit would add. They come from the build's list.
  opens=$(sed -n 's:.*<spark\.jvm\.opens>\(.*\)</spark\.jvm\.opens>.*:\1:p' "$jobs/pom.xml")
  [ -n "$opens" ] || { echo "bench: no spark.jvm.opens in $jobs/pom.xml" >&2; exit 3; }

  # The launcher's compiler options, so that the benchmark runs like a command.
  local jit
  jit=$(sed -n 's:^jit="\(.*\)"$:\1:p' "$home/deploy/bin/ich")
  [ -n "$jit" ] || { echo "bench: no jit in $home/deploy/bin/ich" >&2; exit 3; }

  # Inputs, warehouses and Spark's temporary files. Removed in any case.
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT

  export SPARK_LOCAL_IP=127.0.0.1 OMP_NUM_THREADS=1
  # The garbage collector is the launcher's.
  # shellcheck disable=SC2086 # the options are words
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -XX:+UseParallelGC -Djava.io.tmpdir="$scratch" $opens $jit \
    -cp "$jobs/target/test-classes:$jobs/target/classes:$(cat "$jobs/target/test-classpath.txt")" \
    "org.headct.ich.jobs.bench.$program" --json "$jobs/target/bench-$name.json" "$@"
}
