"""Our own templates, code and scripts, read for the names of icons and classes that they write down."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.conf import settings

# «{% tag … %}» of a template, with what stands in it.
TAG = re.compile(r"\{%\s*(\w+)(.*?)%\}", re.DOTALL)


@dataclass(frozen=True)
class Sources:
    """The files, without tests and migrations: neither makes a page."""

    templates: tuple[Path, ...]
    modules: tuple[Path, ...]
    scripts: tuple[Path, ...]

    def __iter__(self) -> Iterator[Path]:
        yield from (*self.templates, *self.modules, *self.scripts)

    @cached_property
    def texts(self) -> dict[Path, str]:
        return {path: path.read_text() for path in self}

    def parts(self, module: Path) -> list[list[ast.AST]]:
        """Each function, class or other statement of a module, with all that is in it."""
        return [list(ast.walk(part)) for part in ast.parse(self.texts[module]).body]


def our_sources() -> Sources:
    root = settings.BASE_DIR
    folders = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == root]
    modules = [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]
    return Sources(
        templates=tuple(sorted((root / "templates").rglob("*.html"))),
        modules=tuple(sorted(modules)),
        scripts=tuple(sorted((root / "static" / "js").glob("*.js"))),
    )
