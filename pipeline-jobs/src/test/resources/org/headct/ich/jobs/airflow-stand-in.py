"""Loads deploy/airflow/ich_refresh.py over a stand-in for Airflow, made of what the file uses, and prints what it declares as JSON.

With a command as second argument, runs that command as the task does and prints what comes of it.
"""

import json
import sys
import types
from datetime import datetime


class Task:
    def __init__(self, name, kind):
        self.name, self.kind, self.after = name, kind, []

    def __rshift__(self, other):
        other.after.append(self.name)
        return other


dags = {}


def declare(kind):
    def decorator(function):
        def place():
            placed = Task(function.__name__, kind)
            dags["tasks"].append(placed)
            return placed

        return place

    return decorator


def dag(**arguments):
    def decorator(function):
        def build():
            dags.update(arguments=arguments, tasks=[])
            function()

        return build

    return decorator


task = declare("python")
task.short_circuit = declare("short_circuit")


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


module("airflow")
module("airflow.exceptions", AirflowException=AirflowException, AirflowFailException=AirflowFailException)
module(sys.argv[3] if len(sys.argv) > 3 else "airflow.sdk", dag=dag, task=task)
module("pendulum", datetime=lambda *day, tz: {"day": day, "tz": tz}, now=lambda zone: datetime.now())

loaded = {"__name__": "ich_refresh"}
with open(sys.argv[1], encoding="utf-8") as file:
    exec(compile(file.read(), sys.argv[1], "exec"), loaded)

if sys.argv[2]:
    try:
        print(json.dumps({"returned": loaded["run"](sys.argv[2])}))
    except AirflowException as e:
        print(json.dumps({"raised": type(e).__name__, "said": str(e)}))
else:
    tasks = {t.name: {"kind": t.kind, "after": t.after} for t in dags["tasks"]}
    print(json.dumps({"arguments": dags["arguments"], "tasks": tasks}, default=str))
