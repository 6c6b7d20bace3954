"""What a paper is: its template, its layout, who signs it or where it hangs; and one filled in, ready to be printed.

Each app declares its papers in its own `papers.py` and registers them when it is loaded:

    GROUP_LIST = Paper("group_list", _("Roll list"), _("hangs at the room's door"), group_list, …)
    papers.register(GROUP_LIST)

`fill` gives the file's name and the template's context; it reads, writes nothing, and checks no rights: who prints has done so.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise

from documents.pdf import STYLES, Fit, Layout, own_faces, static_path

Filled = tuple[str, dict[str, Any]]
"""The name of the file without its ending, and the context of the template."""

DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
# Stands in the HTML for the moment of printing, so that the same content is the same paper. No character, and in no name.
PRINTED_AT = "\ufdd0"


@dataclass(frozen=True)
class Paper:
    """A kind of paper.

    `use`: who signs it or where it hangs. `sample(site)`: arguments for `fill` with which it can be shown, None where nothing is
    there yet; `site` is the address before a path (https://…/). `fit`: see documents.pdf. `private`: its sample is not for the
    list of papers. `keep`: how long a file is kept.
    """

    name: str
    title: str | Promise
    use: str | Promise
    fill: Callable[..., Filled]
    sample: Callable[[str], tuple[Any, ...] | None]
    template: str
    layout: Layout = "print_list"
    fit: Fit = ""
    private: bool = False
    keep: dt.timedelta = DAY


@dataclass(frozen=True)
class Sheet:
    """A paper filled in: what is printed, and the name of its file without the ending."""

    paper: Paper
    file_name: str
    context: dict[str, Any]

    @cached_property
    def html(self) -> str:
        return render_to_string(self.paper.template, self.context | {"printed_at": PRINTED_AT})

    @cached_property
    def digest(self) -> str:
        """The same for the same content in the same clothes on the same day: a wall's list says on which day it was printed."""
        parts = (
            str(timezone.localdate()),
            self.paper.name,
            self.file_name,
            self.html,
            *(style_digest(name) for name in STYLES[self.paper.layout]),
            repr(own_faces()),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


PAPERS: dict[str, Paper] = {}
"""By name, in the order of the apps: those of one kind of work stand together."""


def register(*papers: Paper) -> None:
    for paper in papers:
        PAPERS[paper.name] = paper


_style_digests: dict[str, str] = {}


def style_digest(name: str) -> str:
    """Of a style sheet's content; read once, but anew while it is written at."""
    if name not in _style_digests or settings.DEBUG:
        _style_digests[name] = hashlib.sha256(static_path(name).read_bytes()).hexdigest()
    return _style_digests[name]
