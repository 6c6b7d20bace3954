"""The test suite against embedded servers of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence

from local.embedded import servers
from local.office import ROOT, plain_refusals, say, var_folder

SLOWEST = "--durations=10"


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """The caller's arguments, with two workers and the ten slowest tests unless told otherwise."""
    chosen = list(given)
    if not any(one.startswith(("-n", "--numprocesses")) for one in given):
        chosen += ["-n", "2"]
    if not any(one.startswith("--durations") for one in given):
        chosen.append(SLOWEST)
    return chosen


def main(arguments: Sequence[str]) -> None:
    with plain_refusals():
        with servers(var_folder("test"), durable=False) as urls:
            environment = os.environ | urls | {"PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "default")}
            command = [sys.executable, "-m", "pytest", *pytest_arguments(arguments)]
            process = subprocess.Popen(command, cwd=ROOT, env=environment)
            try:
                code = process.wait()
            except KeyboardInterrupt:
                code = process.wait()
        if code == 5:
            say("No test was found, which is no success.")
        raise SystemExit(code)
