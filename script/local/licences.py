"""What runs in a school may be handed on with it: the licence of each package of requirements.lock and package-lock.json.

The application is AGPL-3.0-or-later; what it brings along must go together with that.
"""

import json
import re
from importlib import metadata

from local.office import ROOT

# Words of a licence's name that go together with the AGPL, version 3 or later.
ALLOWED = re.compile(
    r"\b(MIT|MIT-0|MIT-CMU|HPND|BSD|0BSD|ISC|Apache|PSF|Python Software Foundation|Zlib|CC0|Unlicense|"
    r"MPL|Mozilla Public License 2|LGPL|GNU Library or Lesser|Lesser General Public License)",
    re.IGNORECASE,
)


def problems() -> list[str]:
    found = []
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        try:
            licence = licence_of(metadata.metadata(name))
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python
        if not ALLOWED.search(licence):
            found.append(f"requirements.lock: {name} is under «{licence}»: see script/local/licences.py")
    for path, package in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        name = path.removeprefix("node_modules/")
        licence = package.get("license", "")
        if path and not package.get("dev") and not ALLOWED.search(licence):
            found.append(f"package-lock.json: {name} is under «{licence}»: see script/local/licences.py")
    return found


def licence_of(about: metadata.PackageMetadata) -> str:
    """The expression, else the classifiers, else the first line of the older field."""
    said = about.json
    classifiers = [one.rsplit("::", 1)[1].strip() for one in said.get("classifier", []) if one.startswith("License ::")]
    older = str(said.get("license", "")).strip().splitlines()
    return str(said.get("license_expression", "")) or "; ".join(classifiers) or (older[0] if older else "")
