"""Nothing that opens a door is committed: detect-secrets over all files that git knows, against .secrets.baseline."""

import json
import re
import subprocess

from detect_secrets import SecretsCollection
from detect_secrets.settings import transient_settings

from local.office import ROOT

# Hashes of packages, words of another language, made-up passwords of tests.
NOT_LOOKED_AT = re.compile(
    r"(requirements.*\.lock|package-lock\.json|.*/locale/.*|.*/migrations/.*|tests/.*|.*\.(png|ico)|\.secrets\.baseline)"
)


def problems() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        return []  # an unpacked archive: nothing is committed from here
    files = [name for name in listed.stdout.split("\0") if name and not NOT_LOOKED_AT.fullmatch(name)]
    baseline = json.loads((ROOT / ".secrets.baseline").read_text())
    known = {(name, one["hashed_secret"]) for name, rows in baseline["results"].items() for one in rows}
    found = SecretsCollection(root=str(ROOT))
    with transient_settings({key: baseline[key] for key in ("plugins_used", "filters_used")}):
        for name in files:  # not scan_files(): its pool of processes writes tracebacks when it ends
            found.scan_file(name)
    return [
        f"{name}:{one.line_number}: {one.type}. If it is none, end the line with: pragma: allowlist secret"
        for name, one in found
        if (name, one.secret_hash) not in known
    ]
