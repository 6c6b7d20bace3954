"""The page of one thing gathers what every app knows of it: each registers its parts in AppConfig.ready().

    parts.register_part("student", today_of, order=5)

A rule gets the person who reads and the thing, and gives a Part or None; it shows only what that person may see of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from school.models import User


@dataclass(frozen=True)
class Line:
    """One sentence; `kind` is that of a status badge that says `badge`."""

    text: str
    detail: str = ""
    url: str = ""
    badge: str = ""
    kind: str = "neutral"


@dataclass(frozen=True)
class Part:
    """A card of the page; `empty` stands in it where there are no lines, `url` leads to all of it."""

    title: str | Promise
    lines: list[Line] = field(default_factory=list)
    empty: str | Promise = ""
    url: str = ""
    url_label: str | Promise = ""


PartRule = Callable[[User, Any], Part | None]
_rules: dict[str, dict[str, tuple[int, PartRule]]] = {}


def register_part(thing: str, rule: PartRule, *, order: int) -> None:
    """`thing` is the name of a model in small letters: «student», «staff», «schoolclass», «room», «club»."""
    _rules.setdefault(thing, {})[f"{rule.__module__}.{rule.__name__}"] = (order, rule)


def parts_of(thing: Any, user: User) -> list[Part]:
    """The parts of a row for this person, in their order."""
    rules = sorted(_rules.get(thing._meta.model_name, {}).values(), key=lambda one: one[0])
    return [part for _order, rule in rules if (part := rule(user, thing)) is not None]
