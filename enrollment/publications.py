"""What hangs on the wall, and what is new in it. Reads only."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from enrollment.duty_table import duty_names
from enrollment.models import CareGroup, CareGroupMember, Enrolment
from school.models import ClassMembership, Term
from web.templatetags.formats import cn_day

Snapshot = list[dict[str, Any]]


def day_shown(term: Term | None, today: dt.date) -> dt.date:
    """The day whose groups the pages show: today, or the first day on which a group of the term has children."""
    if term is None:
        return today
    return CareGroupMember.objects.filter(group__term=term).day_shown(term.nearest(today))


def snapshot_of(term: Term, day: dt.date) -> Snapshot:
    groups = list(CareGroup.objects.filter(term=term).with_rooms())
    adults = duty_names(groups, day)
    children: dict[int, list[list[Any]]] = {}
    members = CareGroupMember.objects.filter(group__term=term)
    there = members.on(day)
    # A child without a place today that begins later is on the wall with the day on which it begins.
    later = members.filter(starts_on__gt=day).exclude(student__in=there.values("student"))
    listed = (there | later).order_by("student__name_key", "student", "starts_on")
    seen: set[int] = set()
    for group, pk, name, begins in listed.values_list("group", "student", "student__name", "starts_on"):
        if pk not in seen:
            seen.add(pk)
            shown = name if begins <= day else _("%(child)s (from %(day)s)") % {"child": name, "day": cn_day(begins)}
            children.setdefault(group, []).append([pk, shown])
    return [
        {
            "name": group.name,
            "grade": group.grade,
            "room": str(group.room_on(day) or ""),
            "adults": adults.get(group.pk, []),
            "children": children[group.pk],
        }
        for group in groups
        if group.pk in children
    ]


@dataclass(frozen=True)
class Difference:
    """One group then and now. `came` and `went`: (student pk, name, other group or empty)."""

    name: str
    is_new: bool = False
    is_gone: bool = False
    room: tuple[str, str] | None = None
    adults_new: list[str] = field(default_factory=list)
    adults_gone: list[str] = field(default_factory=list)
    came: list[tuple[int, str, str]] = field(default_factory=list)
    went: list[tuple[int, str, str]] = field(default_factory=list)


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """What changed from one publication to the next, group by group; groups without a change are left out."""
    was = {pk: group["name"] for group in before for pk, _name in group["children"]}
    now = {pk: group["name"] for group in after for pk, _name in group["children"]}
    old, new = {g["name"]: g for g in before}, {g["name"]: g for g in after}
    empty: dict[str, Any] = {"room": "", "adults": [], "children": []}
    found = []
    for name in dict.fromkeys([*new, *old]):
        then, here = old.get(name, empty), new.get(name, empty)
        both = name in old and name in new
        change = Difference(
            name=name,
            is_new=name not in old,
            is_gone=name not in new,
            room=(then["room"], here["room"]) if both and then["room"] != here["room"] else None,
            adults_new=[a for a in here["adults"] if a not in then["adults"]] if both else [],
            adults_gone=[a for a in then["adults"] if a not in here["adults"]] if both else [],
            came=[(pk, child, was.get(pk, "")) for pk, child in here["children"] if was.get(pk) != name],
            went=[(pk, child, now.get(pk, "")) for pk, child in then["children"] if now.get(pk) != name],
        )
        if change != Difference(name=name):
            found.append(change)
    return found


def out_of_place(term: Term, day: dt.date) -> list[CareGroupMember]:
    """Children whose class is no longer the group's: another grade, or not the one class it is for.

    Children moved by hand, with a reason, are excluded. Two queries.
    """
    rows = CareGroupMember.objects.on(day).filter(group__term=term).select_related("student", "group")
    members = ClassMembership.objects.on(day).filter(student__group_places__in=rows).select_related("school_class")
    classes = {member.student_id: member.school_class for member in members}
    return [
        place
        for place in rows.order_by("group__grade", "student__name_key")
        if (held := classes.get(place.student_id)) is None
        or held.grade(day) != place.group.grade
        or (not place.reason and place.group.school_class_id not in (None, held.pk))
    ]


def without_group(term: Term | None, day: dt.date) -> QuerySet[Enrolment]:
    """Participations of the term, running on the day or beginning later, whose child has no care group on its first day
    there: each is named to the office until it has one.
    """
    first = Greatest(OuterRef("starts_on"), Value(day))
    places = CareGroupMember.objects.filter(student=OuterRef("student"), starts_on__lte=first)
    placed = Exists(places.filter(Q(ends_on=None) | Q(ends_on__gte=first)))
    rows = Enrolment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), option__term=term)
    return rows.exclude(weekdays=[]).exclude(placed)
