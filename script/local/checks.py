"""Everything that looks at the code without running it, two at a time; each prints only when it finds something."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from local import leaks, licences, locking, translations
from local.office import ROOT, plain_refusals, var_folder

# No database is asked: models are compared with migration files.
NO_SERVERS = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
TEMPLATES = "templates"
CHECKS: dict[str, list[str]] = {
    "mypy": ["mypy"],
    "ruff": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "djlint": ["djlint", TEMPLATES, "--lint", "--quiet"],
    "import-linter": ["lint-imports"],
    # Settings in pyproject.toml.
    "bandit": ["bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "-ll", "."],
    "migrations": ["python", "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deploy settings": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}
# Found in this process; each gives one sentence for each thing that is wrong.
OURS: dict[str, Callable[[], list[str]]] = {
    "translations": translations.problems,
    "locked packages": locking.problems,
    "licences": licences.problems,
    "secrets": leaks.problems,
}


def outcome(name: str) -> tuple[str, bool, str, float]:
    """(name, whether it is clean, what it printed, seconds)."""
    begun = time.monotonic()
    if name in OURS:
        found = OURS[name]()
        return name, not found, "\n".join(found) + "\n", time.monotonic() - begun
    command = CHECKS[name]
    environment = os.environ | NO_SERVERS | {"SECRET_KEY": "lint" * 20, "AFTERSCHOOL_VAR": str(var_folder("lint"))}
    if name == "deploy settings":  # as a school would run it, not as .env says for trying
        environment |= {"DEBUG": "0", "HTTPS": "1", "ALLOWED_HOSTS": "school.example", "SECOND_FACTOR_REQUIRED": "1"}
        environment |= {"SECRET_KEY": "a-long-key-with-many-different-characters-0123456789-abcdefghij"}
    program = sys.executable if command[0] == "python" else f"{sys.prefix}/bin/{command[0]}"
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return name, done.returncode == 0, done.stdout, time.monotonic() - begun


def main() -> None:
    failed = []
    with plain_refusals(), ThreadPoolExecutor(max_workers=2) as pool:
        for name, clean, text, seconds in pool.map(outcome, [*CHECKS, *OURS]):
            print(f"{'ok    ' if clean else 'FAILED'} {name} ({seconds:.0f} s)", flush=True)
            if not clean:
                failed.append(name)
                print(text, flush=True)
    if failed:
        print(f"Not clean: {', '.join(failed)}.")
        raise SystemExit(1)
