"""Run bench/<name>.py, each in a process of its own, against embedded servers of their own."""

import os
import subprocess
import sys
from collections.abc import Sequence

from local.embedded import own_servers_wanted, servers
from local.manage import command_line, migrate
from local.office import ROOT, Refused, plain_refusals, var_folder

ONE = """
import os, sys, operator
from importlib import import_module
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterschool.settings")
import django
django.setup()
missed = False
for name, measured, relation, goal in import_module("bench." + sys.argv[1]).run():
    met = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}[relation](measured, goal)
    missed |= not met
    print(f"{name} {measured:.3g} {relation} {goal:g}" + ("" if met else "  MISSED"), flush=True)
sys.exit(missed)
"""


def available() -> list[str]:
    return sorted(path.stem for path in (ROOT / "bench").glob("*.py") if not path.stem.startswith("_"))


def main(names: Sequence[str]) -> None:
    with plain_refusals():
        unknown = sorted(set(names) - set(available()))
        if unknown:
            raise Refused(f"There is no benchmark «{unknown[0]}»; there are: {', '.join(available())}.")
        failed = False
        var = var_folder("bench")
        with servers(var) as urls:
            environment = os.environ | urls | {"PYTHONPATH": str(ROOT)}
            if own_servers_wanted():
                migrate(var, environment)
            gather = command_line("collectstatic", "--noinput", "--verbosity=0")
            subprocess.run(
                gather, cwd=ROOT, env=environment, check=True
            )  # pages and papers name their files by content
            for name in names or available():
                failed |= subprocess.run([sys.executable, "-c", ONE, name], cwd=ROOT, env=environment).returncode != 0
        raise SystemExit(1 if failed else 0)
