"""Static files that are made from what our pages name: the icons' sprite and the stylesheet.

collectstatic makes them for a server. While one develops or tests they are made anew by the first request after a template, a
module, a script or a stylesheet has changed.
"""

import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from web.icons import make_sprite
from web.sources import Sources, our_sources
from web.stylesheet import CUT, OWN_FOLDER, cut, own_stylesheet, what_to_cut

PREFIX = "made"
FOLDER = settings.VAR_DIR / PREFIX
SPRITE, STYLESHEET = "icons.svg", "site.css"
# Whether a source has changed is asked this often.
LOOK_EVERY = 1
_looked = float("-inf")
# One thread of a process at a time: the others wait for the file, and Python 3.11's parser is not safe beside itself.
_making = threading.Lock()


def made_file(name: str, *, look: bool = True) -> Path:
    """The file, made anew where a source has changed; with `look=False` only where it is missing."""
    if look or not (FOLDER / name).is_file():
        with _making:
            _make_what_is_old()
    return FOLDER / name


def _make_what_is_old() -> None:
    global _looked
    if time.monotonic() - _looked < LOOK_EVERY and (FOLDER / STYLESHEET).is_file():
        return
    sources = our_sources()
    packages = [settings.BASE_DIR / name for name in ("package-lock.json", "requirements.lock")]
    state = _state([*sources, *sorted(OWN_FOLDER.glob("*.css")), CUT, *packages])
    if _read(FOLDER / "state") != state:
        FOLDER.mkdir(parents=True, exist_ok=True)
        _write(SPRITE, make_sprite(sources))
        _write(STYLESHEET, _cut_tabler(sources) + own_stylesheet())
        _write("state", state)
    _looked = time.monotonic()


def _cut_tabler(sources: Sources) -> str:
    """Cut anew only where another word is used: a program has to be started for it."""
    wanted = what_to_cut(sources)
    name = f"tabler-{hashlib.sha256(wanted.encode()).hexdigest()[:16]}.css"
    text = _read(FOLDER / name)
    if not text:
        text = cut(wanted)
        for older in FOLDER.glob("tabler-*.css"):
            older.unlink(missing_ok=True)
        _write(name, text)
    return text


def _state(files: Iterable[Path]) -> str:
    """Names, sizes and times; reading the files would take a hundred times as long."""
    digest = hashlib.sha256()
    for path in files:
        about = path.stat()
        digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


def _write(name: str, text: str) -> None:
    """In one step: another process may be reading it, or making the same."""
    if _read(FOLDER / name) == text:
        return
    descriptor, temporary = tempfile.mkstemp(dir=FOLDER, suffix=".part")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(FOLDER / name)


class MadeFinder(BaseFinder):
    """Finds ``made/icons.svg`` and ``made/site.css``."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=FOLDER)
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        prefix, _, name = str(path).replace("\\", "/").partition("/")
        if prefix != PREFIX or name not in (SPRITE, STYLESHEET):
            return []
        full = str(made_file(name))
        return [full] if find_all else full

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name in (SPRITE, STYLESHEET):
            made_file(name)
            yield name, self.storage
