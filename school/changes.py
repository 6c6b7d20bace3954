"""What changed, when and by whom, in words, out of the history that the database writes (`school.history`).

Each app registers what belongs to the history of one thing in AppConfig.ready():

    changes.follow(Student, CareGroupMember, "student")
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pghistory.core import event_models

from school.models import User
from web.templatetags.formats import cn_date, cn_datetime, leaving, weekdays

MOST = 200
"""So many of the newest events of each table are read."""
READERS = ("service_office", "academic_office", "principal")
# These say that they changed; what they are stays behind the button that logs who looks.
SENSITIVE = frozenset(
    {
        "barred_note",
        "birth_date",
        "document",
        "health_note",
        "id_last",
        "other_phone",
        "phone",
        "photo",
        "username",
    }
)
# What the application keeps beside what people enter.
TECHNICAL = frozenset({"id", "name_key", "position", "order", "created_at", "updated_at", "user"})


# Of a row that belongs to the thing: whom or what it is about, so that a change names it.
SUBJECTS = ("student", "guardian", "staff", "group", "school_class", "room")


@dataclass(frozen=True)
class Change:
    """One event: `text` says what, `who` is empty where no person was signed in."""

    at: dt.datetime
    who: str
    what: str
    text: str


@dataclass(frozen=True)
class Followed:
    """A tracked model; `path` is its field that leads to the thing, empty for the thing itself."""

    model: type[Model]
    path: str
    secret: frozenset[str]
    roles: tuple[str, ...]


_followed: dict[type[Model], list[Followed]] = defaultdict(list)


def follow(
    thing: type[Model],
    model: type[Model],
    path: str = "",
    *,
    secret: Iterable[str] = (),
    roles: tuple[str, ...] = READERS,
) -> None:
    """Adds the events of a tracked model to the history of a thing; `secret` fields are named without their values."""
    _followed[thing].append(Followed(model, path, SENSITIVE | set(secret), roles))


def is_followed(thing: type[Model]) -> bool:
    return thing in _followed


def events_of(model: type[Model], **rows: Any) -> Iterator[tuple[Any, Any]]:
    """Each event of these rows with the one before it (None for the first), newest first, `MOST` at the most."""
    for events in event_models(tracks_model=model):
        manager: Any = events._default_manager
        found = manager.filter(**rows).select_related("pgh_context").order_by("-pgh_id")[: MOST + 1]
        by_row: dict[Any, list[Any]] = defaultdict(list)
        for event in found:
            by_row[event.pgh_obj_id].append(event)
        whole = len(found) <= MOST
        for history in by_row.values():
            yield from pairwise([*history, None] if whole else history)


def names_of(events: Iterable[Any]) -> dict[Any, str]:
    """Key of a user → name, of those who made these events."""
    users = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context} - {None}
    return {user.pk: user.name for user in User.objects.filter(pk__in=users)}


def differences(event: Any, before: Any) -> list[tuple[Any, Any, Any]]:
    """(field, value before, value after) of what the event changed."""
    fields = [field for field in event._meta.concrete_fields if not field.name.startswith("pgh_")]
    pairs = [(field, getattr(before, field.attname, None), getattr(event, field.attname)) for field in fields]
    return [(field, old, new) for field, old, new in pairs if old != new]


def changes_of(thing: Model, user: User) -> list[Change]:
    """The history of a thing as this person may read it, newest first."""
    found = []
    for followed in _followed[type(thing)]:
        if user.has_role(*followed.roles):
            key = {f"{followed.path}_id" if followed.path else "pgh_obj_id": thing.pk}
            found += [(followed, event, before) for event, before in events_of(followed.model, **key)]
    names, rows = names_of(event for _followed_by, event, _before in found), named_rows(found)
    changes = [worded(followed, event, before, names, rows) for followed, event, before in found]
    return sorted((one for one in changes if one is not None), key=lambda one: one.at, reverse=True)


def named_rows(found: list[tuple[Followed, Any, Any]]) -> dict[tuple[type[Model], Any], str]:
    """(model, key) → words, of the rows that these events lead to: one query a model."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for followed, event, before in found:
        for field, old, new in differences(event, before):
            if field.is_relation:
                wanted[field.related_model] |= {old, new} - {None}
        for field in subjects_of(followed, event):
            wanted[field.related_model].add(getattr(event, field.attname))
    return {
        (model, pk): str(row) for model, keys in wanted.items() for pk, row in model._base_manager.in_bulk(keys).items()
    }


def subjects_of(followed: Followed, event: Any) -> list[Any]:
    """The fields of a change that say whom or what the row is about, besides the thing whose history it is."""
    if not followed.path or event.pgh_label != "update":
        return []
    fields = {field.name: field for field in event._meta.concrete_fields if field.is_relation}
    names = [name for name in SUBJECTS if name in fields and name != followed.path]
    return [fields[name] for name in names if getattr(event, fields[name].attname) is not None]


def worded(
    followed: Followed, event: Any, before: Any, names: dict[Any, str], rows: dict[tuple[type[Model], Any], str]
) -> Change | None:
    """The event in a sentence; None where nothing changed that people know of."""
    context = event.pgh_context.metadata if event.pgh_context else {}
    who = names.get(context.get("user"), "") or sources().get(context.get("source", ""), "")
    parts = []
    for field, old, new in differences(event, before if event.pgh_label == "update" else None):
        if (
            field.name in TECHNICAL
            or field.name == followed.path
            or (event.pgh_label != "update" and not field.editable)
        ):
            continue
        label = str(field.verbose_name)
        if field.name in followed.secret:
            parts.append(_("%(field)s (not shown)") % {"field": label})
        elif event.pgh_label == "update":
            facts = {"field": label, "old": value_words(field, old, rows), "new": value_words(field, new, rows)}
            parts.append(_("%(field)s from %(old)s to %(new)s") % facts)
        elif new not in (None, "", [], {}, False):
            parts.append(f"{label} {value_words(field, new, rows)}")
    if not parts:
        return None
    verbs = {
        "insert": pgettext("of a change", "entered"),
        "update": pgettext("of a change", "changed"),
        "delete": pgettext("of a change", "deleted"),
    }
    what = f"{verbs[event.pgh_label]} · {followed.model._meta.verbose_name}"
    about = "、".join(value_words(field, getattr(event, field.attname), rows) for field in subjects_of(followed, event))
    text = "；".join(parts)
    return Change(event.pgh_created_at, who, what, f"{about}：{text}" if about else text)


def sources() -> dict[str, str]:
    return {"import": _("import"), "demonstration": _("demonstration")}


def value_words(field: Field, value: Any, rows: dict[tuple[type[Model], Any], str]) -> str:
    """A value of a field as people write it."""
    if value in (None, "", [], {}):
        words = _("nothing")
    elif field.is_relation:
        words = rows.get((field.related_model, value), _("something deleted"))  # type: ignore[arg-type]
    elif field.choices:
        words = str(dict(field.flatchoices).get(value, value))
    elif isinstance(field, ArrayField) and field.name == "weekdays":
        words = weekdays(value)
    elif field.name == "leaves_after":
        words = leaving(value)
    elif isinstance(value, bool):
        words = _("yes") if value else _("no")
    elif isinstance(value, dt.datetime):
        words = cn_datetime(value)
    elif isinstance(value, dt.date):
        words = cn_date(value, "year")
    elif isinstance(value, list):
        words = "、".join(map(str, value))
    else:
        words = str(value)
    return words if len(words) <= 80 else f"{words[:79]}…"
