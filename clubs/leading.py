"""Hand-overs of clubs that are agreed and begin later: until their day a club is led by whom it is led now. Reads only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from clubs.models import Meeting
from enrollment.models import DutyChange
from school.models import Term


@dataclass(frozen=True)
class HandOver:
    """From `day` on `taker` stands where `giver` stood; `role` is «instructor» or «assistant». Keys of staff and club."""

    club: int
    role: str
    giver: int
    taker: int
    day: dt.date


def hand_overs_ahead(term: Term) -> list[HandOver]:
    """In the order of their days."""
    changes = DutyChange.objects.filter(term=term, undone_at=None, done__contains={"clubs": [{"pending": True}]})
    return [
        HandOver(done["club"], done["role"], done["giver"], done["taker"], change.day)
        for change in changes.order_by("day", "pk")
        for done in change.done["clubs"]
        if done.get("pending")
    ]


def led_then(day: dt.date) -> Q:
    """Meetings of a past day (as seen from a session) whose adult led the club then and has handed it over since."""
    found = Q(pk__in=[])
    for change in DutyChange.objects.filter(day__gt=day, undone_at=None, done__has_key="clubs"):
        for done in change.done["clubs"]:
            if done["role"] == "instructor" and not done.get("pending"):
                found |= Q(meeting__club=done["club"], staff=done["giver"])
    return found


def put_takers(term: Term, meetings: Iterable[Meeting]) -> list[Meeting]:
    """The meetings, not saved yet, with the adult of their day."""
    ahead, dated = hand_overs_ahead(term), list(meetings)
    for meeting in dated:
        for one in ahead:
            if one.club == meeting.club_id and one.day <= meeting.day:
                setattr(meeting, f"{one.role}_id", one.taker)
    return dated
