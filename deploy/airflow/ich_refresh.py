"""Refreshes the tables each night, and maintains them afterwards on Sundays.

Copy this file into Airflow's DAG folder. It runs on Airflow 2.4 or newer and on 3. The worker needs the launcher, Java and, for a
cluster, Spark. It runs the command that a person would type, with the driver in the worker. Environment variables of the worker:

ICH           the launcher; default: /opt/ich/deploy/bin/ich
ICH_OPTIONS   options of the commands and of spark-submit, as a shell reads them:
              --config /etc/ich/site.conf -- --master yarn --num-executors 8
"""

import json
import os
import shlex
import subprocess
import tempfile
from datetime import timedelta

import pendulum
from airflow.exceptions import AirflowException, AirflowFailException

try:
    from airflow.sdk import dag, task
except ImportError:  # Airflow 2
    from airflow.decorators import dag, task

ZONE = "Europe/Berlin"
REFUSED, MISTAKE = 1, 2


def run(command):
    """Runs one command of ich and returns its JSON report. Airflow repeats only system failures, because the others would recur."""
    launcher = os.environ.get("ICH", "/opt/ich/deploy/bin/ich")
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        options = shlex.split(os.environ.get("ICH_OPTIONS", ""))
        line = [launcher, command, "--report", f"file://{report}", *options]
        last = ""
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            try:
                for output in process.stdout:
                    print(output, end="", flush=True)
                    last = output.strip() or last
            except BaseException:  # Airflow's time-out, or a user who ends the task
                process.terminate()
                raise
        if process.returncode == 0:
            with open(report, encoding="utf-8") as file:
                return json.load(file)
    said = f"ich {command} ended with {process.returncode}: {last}"
    if process.returncode in (REFUSED, MISTAKE):
        raise AirflowFailException(said)
    raise AirflowException(said)


@dag(
    dag_id="ich_refresh",
    schedule="30 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(hours=12),
    },
    tags=["ich"],
)
def ich_refresh():
    @task
    def refresh():
        return run("refresh")

    @task.short_circuit
    def is_sunday():
        return pendulum.now(ZONE).isoweekday() == 7

    @task
    def maintain():
        return run("maintain")

    refresh() >> is_sunday() >> maintain()


ich_refresh()
