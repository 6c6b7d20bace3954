"""Chinese catalogues: compile them without gettext's programs, and check that nothing is left in English."""

import ast
import gettext
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import polib

from local.office import ROOT

APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
CALLS |= {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
STRING = r"""[uU]?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<![\w.])(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
PLACEHOLDER = re.compile(r"%\((\w+)\)|%[sd]|\{(\w*)\}")
# What stands in «“…”» is given letter by letter, such as what a hash is taken of.
HALF_WIDTH = re.compile(
    r"(?:[\u4e00-\u9fff）》]|%s|%\(\w+\)[sd])[,;:?!]|[\u4e00-\u9fff]\.(?:\s|$)|[\u4e00-\u9fff]\([^()]*[\u4e00-\u9fff]"
)
QUOTED = re.compile(r"“[^”]*”")


def catalogues() -> list[Path]:
    folders = [ROOT / "locale", *(ROOT / app / "locale" for app in APPS), ROOT / "afterschool" / "locale"]
    return sorted(path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Write each .mo that is older than its .po."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            fresh = target.with_suffix(".mo.new")
            polib.pofile(str(source)).save_as_mofile(str(fresh))
            fresh.replace(target)


def problems() -> list[str]:
    """One sentence for each string that a Chinese reader would not see in good Chinese."""
    found: list[str] = []
    known: dict[tuple[str | None, str], tuple[str, Path]] = {}
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                continue
            key, text = (entry.msgctxt, entry.msgid), entry.msgstr or "".join(entry.msgstr_plural.values())
            found += _entry_problems(entry, text, path)
            other = known.setdefault(key, (text, path))
            if other[0] != text:
                found.append(f"{_short(path)}: «{entry.msgid}» is translated otherwise in {_short(other[1])}")
    packages = _installed_translations()
    for context, message, place in strings_in_use():
        if (context, message) not in known and not any(_translates(one, context, message) for one in packages):
            found.append(f"{place}: «{message}» stands in no catalogue")
    return found


def _entry_problems(entry: polib.POEntry, text: str, path: Path) -> Iterator[str]:
    place = f"{_short(path)}:{entry.linenum}"
    if not text.strip():
        yield f"{place}: «{entry.msgid}» is not translated"
    elif entry.fuzzy:
        yield f"{place}: «{entry.msgid}» is marked fuzzy"
    else:
        wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
        got = _placeholders(text)
        # A plural may leave its number out of the singular; a name must never be invented.
        if got - wanted or (not entry.msgid_plural and wanted - got):
            yield f"{place}: «{entry.msgid}» and its translation have other placeholders"
        if half := HALF_WIDTH.search(QUOTED.sub("", text)):
            yield f"{place}: «{half.group(0)}» has a half-width mark in Chinese"


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _installed_translations() -> list[gettext.NullTranslations]:
    """What Django and its packages translate themselves («Yes», «This field is required.»)."""
    found = []
    for package in ("django.conf", "django.contrib.admin", "django.contrib.auth", "allauth", "django_celery_beat"):
        spec = find_spec(package)
        folders = spec.submodule_search_locations if spec else []
        found += [
            gettext.translation("django", f"{folder}/locale", ["zh_Hans"], fallback=True) for folder in folders or []
        ]
    return found


def _translates(catalogue: gettext.NullTranslations, context: str | None, message: str) -> bool:
    if context is not None:
        return catalogue.pgettext(context, message) != message
    return catalogue.gettext(message) != message or catalogue.ngettext(message, message, 2) != message


def strings_in_use() -> Iterator[tuple[str | None, str, str]]:
    """(context, msgid, place) of each translatable string in code and templates."""
    for app in (*APPS, "afterschool"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                for context, message, line in sorted(in_python(path.read_text()), key=lambda found: found[2]):
                    yield context, message, f"{_short(path)}:{line}"
    for folder in (ROOT / "templates", *(ROOT / app / "templates" for app in APPS)):
        for path in sorted(folder.rglob("*.*")):
            if path.suffix in {".html", ".txt", ".svg"}:
                for context, message in in_template(path.read_text()):
                    yield context, message, _short(path)


def in_python(source: str) -> Iterator[tuple[str | None, str, int]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = 1 if "pgettext" in name else 0
        if name in CALLS and len(node.args) > first:
            texts = [one.value for one in node.args[: first + 1] if isinstance(one, ast.Constant)]
            if len(texts) == first + 1 and all(isinstance(text, str) and text for text in texts):
                yield (str(texts[0]) if first else None), str(texts[first]), node.lineno


def in_template(source: str) -> Iterator[tuple[str | None, str]]:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for match in CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(STRING, match.group(2))]
        context = texts.pop(0) if "pgettext" in match.group(1) else None
        if texts and texts[0]:
            yield context, texts[0]
