"""Runs the rounds of deploy/bench/start, which prepares their programs."""

import argparse
import ctypes
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

HOME = pathlib.Path(__file__).resolve().parent.parent.parent
PEER = str(HOME / "deploy/bench/start-peer.py")
KEPT_FROM_COMMANDS = re.compile(r"(SPARK|ICH|HADOOP|OMP)_|PYTHON|(JAVA_TOOL|JDK_JAVA|_JAVA)_OPTIONS$|(RSNA|CQ500)_DUMP$")
SET_CHILD_SUBREAPER = 36
PATIENCE_SECONDS = 3
DEMO_GOAL_SECONDS = 210
STAGE = re.compile(r"== ich (\S+).* s since the start\)")


@dataclass
class Run:
    """Run of a command: CPU seconds of all processes, wall seconds, output, and the start times of its stages."""

    cpu: float
    wall: float
    told: str
    stages: dict


@dataclass
class Row:
    """Command to time, and its peers with their weights in the goal.

    The goal in CPU seconds is `seconds` plus the weighted CPU seconds of the peers; 0 means no goal. `check` returns whether the
    command did the same work as its peers. Its arguments are the command's output, its report if requested, and each peer's output.
    """

    name: str
    shown: str
    arguments: list
    seconds: float = 0
    peers: dict = field(default_factory=dict)
    code: int = 0
    check: Optional[Callable] = None

    def goal(self, peers):
        """Returns the goal in CPU seconds, or None if there is no goal or a needed peer was not measured."""
        if any(weight and name not in peers for name, weight in self.peers.items()):
            return None
        return self.seconds + sum(weight * peers[name].cpu for name, weight in self.peers.items() if weight) or None

    def goal_text(self):
        terms = [f"{self.seconds:g} s"] if self.seconds else []
        terms += [f"{weight:g} {name}" for name, weight in self.peers.items() if weight]
        return "≤ " + " + ".join(terms) if terms else "–"


class Commands:
    """Runs commands and measures their seconds."""

    def __init__(self, folder):
        self.folder = folder
        self.logs = folder / "logs"
        self.logs.mkdir(exist_ok=True)
        self.environment = {name: value for name, value in os.environ.items() if not KEPT_FROM_COMMANDS.match(name)}
        try:
            # Spark's scripts start processes and replace themselves without waiting. As a subreaper we get and count these processes.
            ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        except AttributeError:
            say("this system lacks prctl: orphaned processes are not counted")

    def run(self, name, command, code=0):
        log = self.logs / f"{name}.err"
        out = self.logs / f"{name}.out"
        stages = {}
        with open(log, "wb") as err, open(out, "wb") as printed:
            start = time.monotonic()
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.PIPE if name == "demo" else err,
                cwd=self.folder,
                env=self.environment,
            )
            for line in process.stderr or []:
                err.write(line)
                stage = STAGE.match(line.decode(errors="replace"))
                if stage:
                    stages[stage[1]] = time.monotonic() - start
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime + self.orphans()
        if process.returncode != code:
            lines = log.read_text(errors="replace").splitlines()
            sys.exit("\n".join([f"bench: {name} ended with {process.returncode}, not {code}: {log}", *lines[-5:]]))
        return Run(cpu, wall, out.read_text(errors="replace").strip(), stages)

    @staticmethod
    def orphans():
        """Returns the CPU seconds of the processes that a command started and did not wait for."""
        cpu = 0.0
        patience = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                pid, _, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return cpu
            if pid:
                cpu += usage.ru_utime + usage.ru_stime
            elif time.monotonic() > patience:
                say("a process still runs after its command and is not counted")
                return cpu
            else:
                time.sleep(0.01)


class Bench:
    """Rows of the benchmark, with their inputs and peers."""

    def __init__(self, options, folder):
        self.options = options
        self.at = folder
        self.commands = Commands(folder)
        self.report = folder / "report.json"
        rows = self.rows()
        names = options.rows.split(",") if options.rows else [row.name for row in rows]
        unknown = set(names) - {row.name for row in rows}
        if unknown:
            sys.exit(f"bench: no row {', '.join(sorted(unknown))}, only {', '.join(row.name for row in rows)}")
        self.chosen = [row for row in rows if row.name in names]

    def ich(self, command, *options, warehouse="warehouse", labels="dump/stage_2_train.csv"):
        """Returns the arguments of a command with the demo's settings, which include audit.depth = pixels."""
        values = {
            "warehouse.path": warehouse,
            "models.path": "models",
            "reports.path": "reports",
            "phantoms.output": "dump",
            "labels.input": labels,
            "dicom.input": "dump/stage_2_train",
        }
        sets = [word for key, value in values.items() for word in ("--set", f"{key}={self.at / value}")]
        return [command, *options, "--config", HOME / "conf/demo.conf", *sets]

    def rows(self):
        count = "select count(*) from ich.slices"
        report = ["--report", self.report]
        return [
            Row("help", "ich --help", ["--help"], 1),
            Row("version", "ich --version", ["--version"], 1),
            Row("unknown-key", "ich reshape-labels --set label.input=x", ["reshape-labels", "--set", "label.input=x"], 1, code=2),
            Row("out-of-range", "ich build-tensors --set tensors.size=0", ["build-tensors", "--set", "tensors.size=0"], 1, code=2),
            Row(
                "sql",
                f"ich sql -e '{count}'",
                self.ich("sql", "-e", count),
                peers={"R": 0.8},
                check=lambda printed, _, told: told["R"] in printed.split(),
            ),
            Row(
                "refresh",
                "ich refresh, nothing new",
                self.ich("refresh", *report),
                peers={"R": 1},
                check=lambda _, report, told: not any(report["changes"].values()),
            ),
            Row("labels-demo", "ich reshape-labels, demo", self.ich("reshape-labels", warehouse="fresh"), peers={"R": 0}),
            Row(
                "audit",
                "ich audit-dicom, demo at pixel depth",
                self.ich("audit-dicom", *report, warehouse="fresh"),
                peers={"R": 1, "P": 3},
                check=lambda _, report, told: "P" not in told or report["in"] == json.loads(told["P"])["objects"],
            ),
            Row(
                "labels",
                "ich reshape-labels, published size",
                self.ich("reshape-labels", *report, warehouse="fresh", labels="labels.csv"),
                peers={"R": 1, "D": 3},
                check=lambda _, report, told: "D" not in told or report["changes"]["added"] == json.loads(told["D"])["images"],
            ),
        ]

    def peer(self, name):
        """Returns the command of a peer, or None if its packages are missing."""
        built, python = self.options.built, self.options.peers
        if name == "R":
            catalog = {"": "org.apache.iceberg.spark.SparkCatalog", ".type": "hadoop", ".warehouse": self.at / "warehouse"}
            settings = [word for key, value in catalog.items() for word in ("--conf", f"spark.sql.catalog.ich{key}={value}")]
            submit = [HOME / "deploy/spark-home/bin/spark-submit", "--master", "local[*]", "--jars", self.options.iceberg, *settings]
            return [*submit, "--class", "org.headct.ich.jobs.bench.PlainSession", f"{built}/plain-session.jar", "ich.slices"]
        if not python:
            return None
        if name == "P":
            return [python, PEER, "pydicom", self.at / "dump/stage_2_train", self.at / "peer.csv"]
        return [python, PEER, "duckdb", self.at / "labels.csv", self.at / "peer.parquet"]

    def prepare(self):
        """Makes the missing inputs of the chosen rows."""
        ich = HOME / "deploy/bin/ich"
        if any(row.peers for row in self.chosen):
            if not (self.at / "dump/stage_2_train.csv").exists():
                say("making the demo's phantoms")
                self.commands.run("make-phantoms", [ich, *self.ich("make-phantoms")])
            say("refreshing their tables")
            self.commands.run("tables", [ich, *self.ich("refresh")])
        if any("D" in row.peers for row in self.chosen) and not (self.at / "labels.csv").exists():
            say("writing the label file of the published size")
            java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin/java" if os.environ.get("JAVA_HOME") else "java"
            path = f"{self.options.built}/classes:{self.options.uber}"
            self.commands.run("label-file", [java, "-cp", path, "org.headct.ich.jobs.bench.PublishedLabels", self.at / "part.csv"])
            os.rename(self.at / "part.csv", self.at / "labels.csv")

    def round(self, number):
        """Runs each row once with its peers. The row runs first in one round, the peers in the next."""
        found = {}
        for row in self.chosen:
            peers = {}
            order = [*row.peers, None] if number % 2 else [None, *row.peers]
            for peer in order:
                if peer is None:
                    shutil.rmtree(self.at / "fresh", ignore_errors=True)
                    command = [HOME / "deploy/bin/ich", *row.arguments]
                    ours = self.told(number, row.name, command, row.code)
                elif self.peer(peer):
                    peers[peer] = self.told(number, f"{row.name}-{peer}", self.peer(peer), 0)
            self.verify(row, ours, peers)
            found[row.name] = (ours, peers)
        return found

    def told(self, number, name, command, code):
        run = self.commands.run(name, command, code)
        say(f"{f'round {number}' if number else 'warm-up'}  {name:<16}{run.cpu:7.2f} s of CPU {run.wall:7.2f} s")
        return run

    def verify(self, row, ours, peers):
        """Exits if a command did not do the same work as its peers."""
        told = {name: run.told for name, run in peers.items()}
        report = json.loads(self.report.read_text()) if self.report in row.arguments else {}
        if row.check and not row.check(ours.told, report, told):
            sys.exit(f"bench: {row.name} did other work than its peers. They printed {told}, it printed {report or ours.told}")

    def demo(self):
        """Runs the demo once and returns its seconds and metrics."""
        say("running deploy/bin/demo")
        run = self.commands.run("demo", [HOME / "deploy/bin/demo", self.at / "demo"])
        began = [*run.stages.items(), ("end", run.wall)]
        stages = {name: began[i + 1][1] - start for i, (name, start) in enumerate(began[:-1])}
        reports = sorted((self.at / "demo/reports/runs").glob("*-evaluate-model.json"))
        facts = json.loads(reports[-1].read_text())["facts"]
        auc = {name: value for name, value in facts.items() if name.endswith("roc_auc")}
        return {"cpu-seconds": run.cpu, "wall-seconds": run.wall, "goal-wall-seconds": DEMO_GOAL_SECONDS, "stages": stages, "auc": auc}


def say(text):
    """Prints progress to standard error. Only the tables go to standard output."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def summary(row, rounds):
    """Returns a row of the report: seconds and goal of each round."""
    runs = [found[row.name] for found in rounds]
    goals = [row.goal(peers) for _, peers in runs]
    measured = {name for _, peers in runs for name in peers}
    figures = {
        "command": row.shown,
        "cpu-seconds": [ours.cpu for ours, _ in runs],
        "wall-seconds": [ours.wall for ours, _ in runs],
        "peers": {
            name: {"cpu-seconds": [peers[name].cpu for _, peers in runs], "wall-seconds": [peers[name].wall for _, peers in runs]}
            for name in row.peers
            if name in measured
        },
        "goal": row.goal_text(),
    }
    if None not in goals:
        figures["goal-cpu-seconds"] = goals
        figures["parts-of-goal"] = [ours.cpu / goal for (ours, _), goal in zip(runs, goals)]
        figures["reached"] = statistics.median(figures["parts-of-goal"]) <= 1
        figures["missed-by-seconds"] = max(0, statistics.median(ours.cpu - goal for (ours, _), goal in zip(runs, goals)))
    return figures


def cells(row, figures):
    """Returns the cells of a row of the table."""
    peers = [
        f"{name} {spread(figures['peers'][name]['cpu-seconds'])}" if name in figures["peers"] else f"{name} not measured" for name in row.peers
    ]
    goal, reached = figures["goal"], "–"
    if "reached" in figures:
        goal += f" = {statistics.median(figures['goal-cpu-seconds']):.2f}" if row.peers else ""
        verdict = "yes" if figures["reached"] else f"missed by {figures['missed-by-seconds']:.2f} s"
        reached = f"{verdict}; {spread(figures['parts-of-goal'])} of it"
    elif goal != "–":
        reached = "not measured"
    wall = f"{statistics.median(figures['wall-seconds']):.2f}"
    return [figures["command"], spread(figures["cpu-seconds"]), wall, ", ".join(peers) or "–", goal, reached]


def table(head, lines):
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    rule = ["-" * width for width in widths]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in [head, rule, *lines])


def machine():
    names = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", names.read_text()) if names.exists() else None
    return {"cores": os.cpu_count(), "processor": found[1] if found else platform.processor(), "load-before": os.getloadavg()[0]}


def main():
    parser = argparse.ArgumentParser(prog="deploy/bench/start", description="Times whole commands, each with its peers in the same round.")
    parser.add_argument("--rounds", type=int, default=5, help="number of rounds after a warm-up round; default: 5")
    parser.add_argument("--rows", help="rows to time, separated by commas: help, version, unknown-key, out-of-range, sql, refresh, labels-demo, audit, labels")
    parser.add_argument("--folder", type=pathlib.Path, help="folder for inputs and tables, which stays; default: a temporary folder")
    parser.add_argument("--demo", action="store_true", help="also run deploy/bin/demo once")
    parser.add_argument("--json", type=pathlib.Path, required=True, help="JSON file for the results; default: pipeline-jobs/target/bench-start.json")
    for internal in ("--built", "--uber", "--iceberg", "--peers"):
        parser.add_argument(internal, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    options.json = options.json.absolute()
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="ich-bench-start"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        measure(options, folder.absolute())
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


def measure(options, folder):
    before = machine()
    if not pathlib.Path(options.uber).with_suffix(".jsa").exists():
        say("there is no class-data archive beside the jar, so commands start slowly: run deploy/bin/class-archive")
    bench = Bench(options, folder)
    bench.prepare()
    bench.round(0)
    rounds = [bench.round(number) for number in range(1, options.rounds + 1)]
    found = {row.name: summary(row, rounds) for row in bench.chosen}
    figures = {"machine": before, "rounds": options.rounds, "rows": found}
    head = ["command", "CPU s (min–max)", "wall s", "peers' CPU s", "goal: CPU s", "reached"]
    print(f"Rounds: {options.rounds}; medians; {before['cores']} cores, {before['processor']}, load before {before['load-before']:.2f}\n")
    print(table(head, [cells(row, found[row.name]) for row in bench.chosen]), flush=True)
    if options.demo:
        figures["demo"] = demo = bench.demo()
        over = demo["wall-seconds"] - DEMO_GOAL_SECONDS
        verdict = f"missed by {over:.0f} s" if over > 0 else "reached"
        print(f"\ndeploy/bin/demo: {demo['wall-seconds']:.0f} s wall, {demo['cpu-seconds']:.0f} s of CPU; goal ≤ {DEMO_GOAL_SECONDS} s wall, {verdict}")
        print(table(["stage", "wall s"], [[name, f"{seconds:.1f}"] for name, seconds in demo["stages"].items()]))
        for name, value in demo["auc"].items():
            print(f"{name}: {value}")
    options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nJSON file: {options.json}")


main()
