"""requirements*.txt name what we use, requirements*.lock every package that comes with it, by version and hash."""

import re
import sys
from pathlib import Path

from local.office import ROOT, Refused, plain_refusals
from local.progress import Step, watch

PAIRS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
OLDEST_PYTHON = "3.11"
HEAD = "# Made by script/lock from {source}; direct requirements are changed there.\n"


def renew() -> None:
    """Write both locks anew. What is locked already stays at its version unless a requirement says otherwise."""
    with plain_refusals():
        for source, lock in PAIRS.items():
            command = [Path(sys.prefix) / "bin" / "uv", "pip", "compile", source, "--output-file", lock, "--quiet"]
            command += ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes"]
            command += ["--no-header", "--no-annotate", "--no-emit-index-url"]
            with Step(f"Locking {source}"):
                code, printed = watch(command)
            if code:
                raise Refused(f"{source} could not be locked:\n{printed}")
            file = ROOT / lock
            file.write_text(HEAD.format(source=source) + file.read_text())


def problems() -> list[str]:
    """Direct requirements that the locks do not hold, and packages without a hash."""
    found = []
    for source, lock in PAIRS.items():
        text = (ROOT / lock).read_text()
        locked = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
        for name, version in direct(ROOT / source):
            if locked.get(name.lower()) != version:
                found.append(f"{lock}: {name} {version} is wanted, {locked.get(name.lower())} is locked: script/lock")
        for line, following in zip(text.splitlines(), text.splitlines()[1:], strict=False):
            if "==" in line and not line.startswith("#") and "--hash=sha256:" not in following:
                found.append(f"{lock}: no hash for {line.split()[0]}")
    return found


def direct(source: Path) -> list[tuple[str, str]]:
    """(name, version) of each requirement, those of included files too."""
    found = []
    for line in source.read_text().splitlines():
        if line.startswith("-r "):
            found += direct(source.parent / line[3:].strip())
        elif "==" in line:
            name, version = line.split("==")
            found.append((name.split("[")[0], version.strip()))
    return found
