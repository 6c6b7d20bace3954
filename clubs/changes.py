"""Sentences about changed meetings, for families and colleagues."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clubs.models import ClubChange, Meeting, Membership
from school.models import Student
from web.caching import cached_between_changes
from web.templatetags.components import TimelineEntry
from web.templatetags.formats import cn_date, cn_datetime

AHEAD = dt.timedelta(days=14)
MOST = 50


@dataclass(frozen=True)
class Told:
    """One line: the sentence, its day, and whether it is highlighted."""

    club: int
    day: dt.date
    text: str
    kind: str
    change: ClubChange


def sentence(change: ClubChange) -> str:
    old, new = change.meeting, change.became
    facts = {"club": old.club.name, "day": cn_date(old.day), "reason": change.reason}
    if change.kind == ClubChange.Kind.CANCELLED:
        return _("%(day)s: %(club)s does not take place; the children stay in their care groups. %(reason)s") % facts
    if change.kind == ClubChange.Kind.MOVED and new:
        facts |= {"then": cn_date(new.day), "period": str(new.period), "room": str(new.room)}
        return _("%(club)s of %(day)s is on %(then)s, %(period)s, in %(room)s. %(reason)s") % facts
    if change.kind == ClubChange.Kind.ROOM:
        return _("%(day)s: %(club)s is in %(room)s. %(reason)s") % (facts | {"room": old.room})
    return _("%(day)s: %(club)s takes place after all. %(reason)s") % facts


def history_of(meeting: Meeting) -> list[TimelineEntry]:
    """The latest changes of one meeting, with who made them."""
    rows = meeting.changes.with_places()[:20]
    return [TimelineEntry(sentence(one), cn_datetime(one.at), one.by.name, "") for one in rows]


def latest_changes(first: dt.date, last: dt.date, clubs: Iterable[int] | None = None) -> list[Told]:
    """The newest change of each meeting in these days, by day; one query."""
    rows = ClubChange.objects.between(first, last)
    if clubs is not None:
        rows = rows.filter(meeting__club__in=clubs)
    newest: dict[int, ClubChange] = {}
    for change in rows[: MOST * 4]:
        newest.setdefault(change.meeting_id, change)
    told = [Told(c.meeting.club_id, c.meeting.day, sentence(c), kind_of(c), c) for c in newest.values()]
    return sorted(told, key=lambda one: (one.day, one.change.meeting.period.number, one.club))[:MOST]


def kind_of(change: ClubChange) -> str:
    return "neutral" if change.kind == ClubChange.Kind.RESTORED else "attention"


def told_to_families(children: list[Student], day: dt.date) -> dict[int, list[Told]]:
    """Child → the changes of its clubs from that day on, two weeks ahead; at most two queries, none where nothing changes."""
    changed = cached_between_changes(f"clubs changed:{day}", lambda: clubs_changed(day, day + AHEAD))
    if not changed:
        return {}
    members: dict[int, set[int]] = {}
    places = Membership.objects.on(day).filter(student__in=children, club__in=changed)
    for club, student in places.values_list("club", "student"):
        members.setdefault(club, set()).add(student)
    found: dict[int, list[Told]] = {}
    for told in latest_changes(day, day + AHEAD, members) if members else ():
        for student in members.get(told.club, set()):
            found.setdefault(student, []).append(told)
    return found


def clubs_changed(first: dt.date, last: dt.date) -> set[int]:
    """Clubs of which a meeting of these days has changed."""
    return set(ClubChange.objects.between(first, last).order_by().values_list("meeting__club", flat=True))


def changed_today(meetings: Iterable[Meeting]) -> dict[int, ClubChange]:
    """Meeting → its newest change."""
    newest: dict[int, ClubChange] = {}
    for change in ClubChange.objects.filter(meeting__in=list(meetings)).select_related("by", "became__period"):
        newest.setdefault(change.meeting_id, change)
    return newest
