"""Icons: which of Tabler's five thousand our pages name, and the one file with their drawings (a sprite).

Templates name one in `{% icon "printer" %}` or in an argument called `icon`. Code hands one on as an argument or a field called
`icon`, or as a value of a dictionary called …_ICONS.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.text import smart_split

from web.sources import TAG, Sources

DRAWINGS = settings.BASE_DIR / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
QUOTED = re.compile(r'(?:(\w+)=)?"([^"]+)"$')
NAMED = {"icon", "icon_name"}
# A tag whose first argument is an icon's name and is not called so.
ICON_TAG = {"icon": 0}
# Arguments that whoever calls a method or a tag does not write.
NOT_WRITTEN = {"self", "cls", "context", "content"}


def icons_used(sources: Sources) -> dict[str, Path]:
    """The name of each icon, and a file that names it."""
    places = ICON_TAG | _places(sources)
    found: dict[str, Path] = {}
    for path in sources.templates:
        for name in _named_in_template(sources.texts[path], places):
            found.setdefault(name, path)
    telling = re.compile(rf"\b({'|'.join(places)})\b|icon|_ICONS")
    for path in sources.modules:
        if telling.search(sources.texts[path]):
            for part in sources.parts(path):
                for name in _named_in_code(part, places):
                    found.setdefault(name, path)
    return found


def _places(sources: Sources) -> dict[str, int]:
    """The functions, tags and classes that take an icon, and at which place."""
    found = {}
    for path in sources.modules:
        if "icon" not in sources.texts[path]:
            continue
        for node in (node for part in sources.parts(path) for node in part):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg not in NOT_WRITTEN]
            elif isinstance(node, ast.ClassDef):
                names = [line.target.id for line in node.body if _is_field(line)]  # type: ignore[attr-defined]
            else:
                continue
            if "icon" in names:
                found[node.name] = names.index("icon")
    return found


def _is_field(line: ast.stmt) -> bool:
    return isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)


def _named_in_template(text: str, places: dict[str, int]) -> Iterator[str]:
    for tag, rest in TAG.findall(text):
        for at, given in enumerate(smart_split(rest)):
            quoted = QUOTED.match(given)
            if quoted and (quoted[1] in NAMED or (not quoted[1] and places.get(tag) == at)):
                yield quoted[2]


def _named_in_code(nodes: Sequence[ast.AST], places: dict[str, int]) -> Iterator[str]:
    places = places | _other_names(nodes, places)
    for node in nodes:
        if isinstance(node, ast.Call):
            at = places.get(_last_name(node.func), len(node.args))
            yield from _words(*node.args[at : at + 1])
            yield from _words(*(keyword.value for keyword in node.keywords if keyword.arg == "icon"))
        elif isinstance(node, ast.FunctionDef):
            named = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            pairs = zip(named, node.args.defaults, strict=True)
            yield from _words(*(default for argument, default in pairs if argument.arg == "icon"))
        elif isinstance(node, ast.AnnAssign) and _last_name(node.target) == "icon" and node.value:
            yield from _words(node.value)
        elif isinstance(node, ast.Assign) and _last_name(node.targets[0]).endswith("_ICONS"):
            yield from _words(*getattr(node.value, "values", []))


def _other_names(nodes: Sequence[ast.AST], places: dict[str, int]) -> dict[str, int]:
    """`add = navigation.register`, `add = partial(navigation.register, …)`."""
    found = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets, values = (getattr(one, "elts", [one]) for one in (node.targets[0], node.value))
            for target, value in zip(targets, values, strict=False):
                if isinstance(value, ast.Call) and _last_name(value.func) == "partial":
                    value = value.args[0]
                if _last_name(value) in places:
                    found[_last_name(target)] = places[_last_name(value)]
    return found


def _last_name(node: ast.AST) -> str:
    """Of `navigation.register` and `register` the same."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _words(*nodes: ast.expr) -> Iterator[str]:
    """The texts in an expression, both sides of a condition too; a name that is handed on has none."""
    for whole in nodes:
        for node in ast.walk(whole):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
                yield node.value


def make_sprite(sources: Sources) -> str:
    """One file with a symbol for each icon; how it is drawn is said by css/app.css at the place where it stands."""
    symbols = []
    for name, path in sorted(icons_used(sources).items()):
        drawing = DRAWINGS / f"{name}.svg"
        if not drawing.is_file():
            where = path.relative_to(settings.BASE_DIR)
            raise ImproperlyConfigured(f"{where} names the icon «{name}», which Tabler does not have.")
        lines = re.findall(r"<(?!svg|/svg|path stroke=\"none\" d=\"M0 0h24v24H0z\")[^>]*>", drawing.read_text())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(lines)}</symbol>\n')
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'
