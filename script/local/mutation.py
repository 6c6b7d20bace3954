"""Mutation testing in pieces: each fault of local.mutants in a copy of the tree, against the tests that run its lines.

What a fault led to is kept (WorkDB of Cosmic Ray, in the office's folder) until its line or its function's name
changes, so that an interrupted run goes on; the outcome is written to docs/testing.md. A survivor that changes
nothing which anybody could see stands with its reason in tests/survivors.toml and is not counted.
"""

import argparse
import atexit
import compileall
import datetime as dt
import hashlib
import multiprocessing
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import coverage
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult
from defusedxml import ElementTree

from local.embedded import servers
from local.mutants import Mutant, mutants_of, mutated
from local.nightly import commit, write_between
from local.office import ROOT, Refused, plain_refusals, say, var_folder
from local.prepare import fingerprint, is_stamped
from local.progress import Step
from local.suite import migrated_template

# Where a child's safety or everybody's rights are decided every fault is tried …
WHOLE = {
    "safety/services/custody.py": ["tests/safety", "tests/test_consistency.py"],
    "safety/services/roll.py": ["tests/safety", "tests/test_consistency.py"],
    "safety/rolls.py": ["tests/safety", "tests/test_consistency.py"],
    "school/access.py": ["tests/school", "tests/safety", "tests/test_routes.py"],
}
GOAL = 0.9
# … and of these a sample that is the same in each run.
SAMPLED = {
    "safety/exits.py": ["tests/safety"],
    "homework/limits.py": ["tests/homework"],
    "clubs/services/offering.py": ["tests/clubs"],
    "clubs/services/joining.py": ["tests/clubs"],
    "fees/services/charging.py": ["tests/fees"],
    "fees/computing.py": ["tests/fees"],
    "enrollment/services/reviewing.py": ["tests/enrollment"],
    "enrollment/services/signing.py": ["tests/enrollment"],
}
SAMPLE, SEED = 300, 13
WORKERS = 2
# A fault that nothing has seen after tests of this length is a survivor. Seconds.
ENOUGH = 40
BEGIN, END = "<!-- mutation: written by script/mutate -->\n", "<!-- end of mutation -->\n"
REASONS = ROOT / "tests" / "survivors.toml"


def chosen_mutants(only: Sequence[str]) -> list[Mutant]:
    """Every fault of the modules tried as a whole, and the sample of the others."""
    whole = [mutant for module in WHOLE for mutant in mutants_of(ROOT, module)]
    others = [m for module in SAMPLED for m in mutants_of(ROOT, module)]
    # By a hash of each fault's own key: where a line changes, the rest of the sample stays.
    sample = sorted(others, key=lambda m: hashlib.sha256(f"{SEED}:{m.key}".encode()).hexdigest())[:SAMPLE]
    return [m for m in whole + sample if not only or any(name in m.module for name in only)]


def pytest_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-m", "not browser", "-p", "no:cacheprovider", *arguments]


class TestMap:
    """Which tests run which lines of which module, and how long each takes; learnt once for each state of the tree."""

    def __init__(self, folder: Path, modules: Iterable[str]) -> None:
        places = {module: (WHOLE | SAMPLED)[module] for module in sorted(modules)}
        tests = sorted({place for named in places.values() for place in named})
        files = [ROOT / module for module in places] + sorted(ROOT.glob("tests/**/*.py"))
        self.value = fingerprint(files, *tests)
        if not is_stamped(folder / "map", self.value):
            with Step("Learning which tests run which lines"):
                learn(folder, {module.split("/")[0] for module in places}, tests)
            (folder / "map").write_text(self.value)
        self.lasting = lasting(folder / "junit.xml")
        self.data = coverage.CoverageData(str(folder / "coverage"))
        self.data.read()

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Ids of the tests to run: those of the line first, then those of its function, the short before the long.

        Tests whose fixtures alone run the line say least of it: they come last.
        """
        lines = self.data.contexts_by_lineno(str(ROOT / mutant.module))
        first, last = mutant.span or (1, max(lines, default=1))
        of_line = set(lines.get(mutant.line, []))
        of_function = {context for line in range(first, last + 1) for context in lines.get(line, [])}
        chosen: dict[str, float] = {}
        # What runs when the project is loaded (a registration) is seen by whatever runs the module.
        of_module = {context for found in lines.values() for context in found}
        wanted = [
            (of_line, "run"),
            (of_function, "run"),
            (of_line, "setup"),
            (of_function, "setup"),
            (of_module, "run"),
        ]
        for contexts, part in wanted:
            tests = {test for test, _sign, phase in (c.rpartition("|") for c in contexts) if phase == part}
            for test in sorted(tests, key=lambda test: self.lasting.get(test, 1.0)):
                if sum(chosen.values()) < ENOUGH:
                    chosen.setdefault(test, self.lasting.get(test, 1.0))
        return list(chosen)


def learn(folder: Path, packages: Iterable[str], tests: Sequence[str]) -> None:
    rc = folder / "coveragerc"
    rc.write_text(f"[run]\nsource = {','.join(sorted(packages))}\n")
    command = pytest_command("-n", str(WORKERS), "--cov", f"--cov-config={rc}", "--cov-context=test", "--cov-report=")
    command += [f"--junitxml={folder / 'junit.xml'}", *tests]
    environment = os.environ | {"COVERAGE_FILE": str(folder / "coverage")}
    if subprocess.run(command, cwd=ROOT, env=environment).returncode:
        raise Refused("The tests fail without any fault; mend them first.")


def lasting(report: Path) -> dict[str, float]:
    """Seconds of each test, by its id."""
    cases = ElementTree.parse(report).iter("testcase")
    return {f"{c.attrib['classname'].replace('.', '/')}.py::{c.attrib['name']}": float(c.attrib["time"]) for c in cases}


def enter_tree(folder: Path) -> None:
    """A worker's own copy of the tree, with everything compiled, and a database of its own."""
    number = multiprocessing.current_process()._identity[0]
    tree = folder / f"tree-{os.getpid()}"
    tree.mkdir()
    atexit.register(shutil.rmtree, tree, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    made = [
        ROOT / "node_modules",
        ROOT / ".env",
        ROOT / "static" / "vendor",
        *ROOT.glob("**/locale/*/LC_MESSAGES/*.mo"),
    ]
    for beside in made:
        there = tree / beside.relative_to(ROOT)
        if beside.exists() and not there.exists():
            there.symlink_to(beside)
    compileall.compile_dir(tree, quiet=2, maxlevels=8)
    os.chdir(tree)
    os.environ["TEST_DB_NAME"] = f"test_mutant_{number}"


def try_mutant(mutant: Mutant, tests: Sequence[str], seconds: float) -> WorkResult:
    """Put the fault into this worker's tree, run the tests, take it out again."""
    file = Path(mutant.module)
    source = file.read_text()
    for compiled in file.parent.glob(f"__pycache__/{file.stem}.*"):
        compiled.unlink()
    try:
        file.write_text(mutated(source, mutant.operator, mutant.occurrence))
        command = pytest_command("-x", "--no-header", "--tb=line", *tests)
        outcome, printed = run_tests(shlex.join(command), 60 + 4 * seconds) if tests else (TestOutcome.SURVIVED, "")
    finally:
        file.write_text(source)
    return WorkResult(worker_outcome=WorkerOutcome.NORMAL, test_outcome=outcome, output=printed[-2000:])


def try_nothing(tests: Sequence[str]) -> str:
    """What the tests print if they fail without a fault; empty where they pass."""
    outcome, printed = run_tests(shlex.join(pytest_command("-x", "--no-header", "--tb=line", *tests)), 60 * 60)
    return "" if outcome == TestOutcome.SURVIVED else printed[-2000:]


def keep_items(database: WorkDB, mutants: Iterable[Mutant]) -> None:
    known = {item.job_id for item in database.work_items}
    database.add_work_items(
        WorkItem.single(
            job_id=mutant.key,
            mutation=MutationSpec(
                module_path=mutant.module,
                operator_name=mutant.operator,
                occurrence=mutant.occurrence,
                start_pos=(mutant.line, 0),
                end_pos=(mutant.line, 1),
            ),
        )
        for mutant in mutants
        if mutant.key not in known
    )


def outcomes(database: WorkDB) -> dict[str, TestOutcome]:
    return {key: result.test_outcome for key, result in database.results}


def run_mutants(database: WorkDB, mutants: Sequence[Mutant], folder: Path) -> None:
    """Try these, WORKERS at a time; each result is kept as soon as it is known. Without a fault the tests must pass there."""
    tests = TestMap(folder, {mutant.module for mutant in mutants})
    chosen = {mutant: tests.tests_for(mutant) for mutant in mutants}
    for left_over in folder.glob("tree-*"):
        shutil.rmtree(left_over)
    if (ROOT.parent / "shared").exists() and not (folder / "shared").exists():
        (folder / "shared").symlink_to(ROOT.parent / "shared")  # the samples, which tests read beside the tree
    with (
        Step(f"Trying {len(mutants)} faults") as step,
        ProcessPoolExecutor(WORKERS, initializer=enter_tree, initargs=(folder,)) as pool,
    ):
        if not is_stamped(folder / "sound", tests.value):
            if failed := pool.submit(try_nothing, sorted({test for some in chosen.values() for test in some})).result():
                raise Refused(f"Without any fault the tests fail in the copy of the tree:\n{failed}")
            (folder / "sound").write_text(tests.value)
        waiting = {
            pool.submit(try_mutant, mutant, some, sum(tests.lasting.get(test, 1.0) for test in some)): mutant
            for mutant, some in chosen.items()
        }
        for done, future in enumerate(as_completed(waiting), 1):
            database.set_result(waiting[future].key, future.result())
            step.to(done / len(mutants), f"{done} of {len(mutants)}")


class Reasons:
    """Why a survivor changes nothing: by module, the line as it is and as it becomes, and its function where one is named."""

    def __init__(self) -> None:
        listed = tomllib.loads(REASONS.read_text())["survivor"]
        self._known = {(r["module"], r.get("function", ""), r["was"], r["becomes"]): r["reason"] for r in listed}

    def of(self, mutant: Mutant) -> str:
        function = mutant.function.partition(":")[0]
        keys = [(mutant.module, name, mutant.was, mutant.becomes) for name in (function, "")]
        return next((self._known[key] for key in keys if key in self._known), "")


def report(mutants: Sequence[Mutant], found: dict[str, TestOutcome]) -> tuple[str, bool]:
    """The text for docs/testing.md, and whether each module that is tried as a whole reaches the goal."""
    excused, lines, survivors, well = Reasons(), [], [], True
    lines += [f"Commit {commit()}, {dt.date.today():%Y-%m-%d}.\n"]
    lines += ["| module | faults | seen | excused | score |", "|---|---|---|---|---|"]
    groups = [(module, [m for m in mutants if m.module == module]) for module in WHOLE]
    groups.append((f"sample of {SAMPLE} over the others", [m for m in mutants if m.module in SAMPLED]))
    for name, group in groups:
        tried = [m for m in group if m.key in found]
        unseen = [m for m in tried if found[m.key] == TestOutcome.SURVIVED]
        open_ones = [m for m in unseen if not excused.of(m)]
        survivors += unseen
        counted = len(tried) - len(unseen) + len(open_ones)
        score = 1 - len(open_ones) / counted if counted else 0.0
        well = well and score >= GOAL
        seen = len(tried) - len(unseen)
        lines.append(
            f"| {name} | {len(tried)} of {len(group)} | {seen} | {len(unseen) - len(open_ones)} | {score:.1%} |"
        )
    lines += ["", "| survivor | becomes | why |", "|---|---|---|"]
    for m in survivors:
        why = excused.of(m) or "not yet seen by a test"
        cells = (f"{m.module} {m.function.partition(':')[0]}: `{m.was}`", f"`{m.becomes}`", why)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n", well


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="script/mutate", description="Which small faults the tests see.")
    parser.add_argument("modules", nargs="*", help="only modules whose path contains one of these")
    parser.add_argument("--again", action="store_true", help="try the survivors again, after tests were written")
    parser.add_argument("--list", action="store_true", help="print the survivors without a reason, and try nothing")
    chosen = parser.parse_args(arguments)
    with plain_refusals():
        var = var_folder("test")
        folder = var_folder("mutation")
        folder.mkdir(parents=True, exist_ok=True)
        mutants = chosen_mutants(chosen.modules)
        with use_db(str(folder / "results.sqlite")) as database:
            keep_items(database, mutants)
            if not chosen.list:
                with servers(var, durable=False) as urls:
                    os.environ.update(urls)
                    os.environ["TEST_TEMPLATE"] = migrated_template(var, dict(os.environ))
                    known = outcomes(database)
                    again = {key for key, outcome in known.items() if chosen.again and outcome == TestOutcome.SURVIVED}
                    run_mutants(database, [m for m in mutants if m.key not in known or m.key in again], folder)
            found = outcomes(database)
        say_survivors(mutants, found)
        text, well = report(chosen_mutants([]), found)
        write_between(BEGIN, END, text)
    if not well:
        raise SystemExit(1)


def say_survivors(mutants: Sequence[Mutant], found: dict[str, TestOutcome]) -> None:
    excused = Reasons()
    for m in mutants:
        if found.get(m.key) == TestOutcome.SURVIVED and not excused.of(m):
            say(f"{m.module}:{m.line} {m.operator}\n    {m.was}\n    {m.becomes}")
