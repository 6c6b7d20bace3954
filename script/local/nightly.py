"""Part by part, each result kept: what was interrupted goes on where it was; the outcome is written to docs/testing.md."""

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from local.benchmarks import available
from local.office import ROOT, plain_refusals, say, var_folder
from local.progress import Step, watch

REPORT = ROOT / "docs" / "testing.md"
BEGIN, END = "<!-- nightly: written by script/nightly -->\n", "<!-- end of nightly -->\n"
# A part that hangs must not keep the others from running.
LONGEST = 60 * 60


def parts() -> dict[str, list[str]]:
    """Each part's name and command, in the order in which they run."""
    test, bench = str(ROOT / "script" / "test"), str(ROOT / "script" / "bench")
    found = {"the whole suite": [test]}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if "@examples(" in path.read_text():
            name = str(path.relative_to(ROOT))
            found[f"many examples: {name}"] = [test, name, "-m", "hypothesis", "--long"]
    found["with the application's rights"] = [test, "-m", "not browser", "--as-office"]
    found["through PgBouncer"] = [test, "-m", "not browser", "--pooled"]
    found["every look is logged"] = [test, "tests/test_seen_is_logged.py", "--long"]
    found["every link of every person"] = [test, "tests/test_sweep.py", "--long"]
    found["every route against everybody else"] = [test, "tests/test_foreign_rows.py", "--long"]
    found["nonsense to every route"] = [test, "tests/test_nonsense.py", "--long"]
    return found | {f"bench {name}": [bench, name] for name in available()}


def outcome_of(printed: str, code: int) -> str:
    """The line that says how it went: a bench's figures, else pytest's last line."""
    figures = [line for line in printed.splitlines() if re.match(r"\S+ [\d.e+-]+ (<=|>=|==) ", line)]
    if figures:
        return "; ".join(figures)
    told = [line.strip("= ") for line in printed.splitlines() if re.search(r"\d+ (passed|failed|error)", line)]
    return told[-1] if told else f"ended with {code}"


def commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return asked.stdout.strip() or "unknown"


def run_part(name: str, command: Sequence[str], log: Path) -> dict[str, object]:
    begun = time.monotonic()
    with Step(name):
        code, printed = watch(["timeout", str(LONGEST), sys.executable, *command])
    log.mkdir(parents=True, exist_ok=True)
    (log / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.log").write_text(printed)
    return {"well": code == 0, "told": outcome_of(printed, code), "seconds": round(time.monotonic() - begun)}


def write_report(version: str, results: dict[str, dict[str, object]]) -> None:
    """Put the last result between the marks in docs/testing.md."""
    lines = [f"Commit {version}, {dt.date.today():%Y-%m-%d}.\n", "| part | outcome | seconds |", "|---|---|---|"]
    for name, result in results.items():
        outcome = f"{'' if result['well'] else '**failed** '}{result['told']}".replace("|", "\\|")
        lines.append(f"| {name} | {outcome} | {result['seconds']} |")
    write_between(BEGIN, END, "\n".join(lines) + "\n")


def write_between(begin: str, end: str, text: str) -> None:
    """Replace what stands between two marks of docs/testing.md."""
    before, _, rest = REPORT.read_text().partition(begin)
    _, _, after = rest.partition(end)
    REPORT.write_text(f"{before}{begin}{text}{end}{after}")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="script/nightly", description="All that takes too long for each change.")
    parser.add_argument("--again", action="store_true", help="forget what has run already for this commit")
    parser.add_argument("--only", help="only the parts whose name contains this")
    chosen = parser.parse_args(arguments)
    with plain_refusals():
        folder, version = var_folder("nightly"), commit()
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{version}.json"
        results = json.loads(kept.read_text()) if kept.exists() and not chosen.again else {}
        for name, command in parts().items():
            if name in results or (chosen.only and chosen.only not in name):
                continue
            results[name] = run_part(name, command, folder / "log")
            kept.write_text(json.dumps(results, indent=1))
            say(f"  {results[name]['told']}")
        write_report(version, results)
    if not all(result["well"] for result in results.values()):
        raise SystemExit(1)
