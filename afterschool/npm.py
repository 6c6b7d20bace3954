"""Browser packages from npm as static files: only those the pages load, out of many megabytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

# prefix: (folder below node_modules, the files). A source map is named by the file beside it, and the manifest refuses a name
# that leads nowhere. Tabler's stylesheet and icons are not served: web/made.py makes ours of them.
PACKAGES = {
    "htmx": ("htmx.org/dist", ("htmx.min.js",)),
    "signature_pad": ("signature_pad/dist", ("signature_pad.umd.min.js", "signature_pad.umd.min.js.map")),
}


class NpmFinder(BaseFinder):
    """Finds ``htmx/htmx.min.js`` and its kind below node_modules."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storages: dict[str, FileSystemStorage] = {}
        for prefix, (folder, _files) in PACKAGES.items():
            storage = FileSystemStorage(location=settings.BASE_DIR / "node_modules" / folder)
            storage.prefix = prefix  # type: ignore[attr-defined]
            self.storages[prefix] = storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        prefix, _, name = str(path).replace("\\", "/").partition("/")
        if name not in PACKAGES.get(prefix, ("", ()))[1]:
            return []
        full = self.storages[prefix].path(name)
        if not Path(full).is_file():
            return []
        return [full] if find_all else full

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for prefix, (_folder, names) in PACKAGES.items():
            for name in names:
                if self.storages[prefix].exists(name):
                    yield name, self.storages[prefix]
