"""Who leads a club on a day, and where it is: then, and once a hand-over that is agreed begins. Reads only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, F, Field, OuterRef, Subquery
from django.db.models.functions import Coalesce

from clubs.models import ClubChange, Meeting
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


def leader_on(day: dt.date, *, club: str = "pk", what: str = "pk") -> Coalesce:
    """The instructor of a club as of a day, or of what leads to it by `club`; `what` of that adult: the key or the name.

    Once a club has met its meetings say who led it then: it may have been handed over since. A meeting at which somebody stood in
    says nothing of it.
    """
    met = Meeting.objects.filter(club=OuterRef(club), day__lte=day, cancelled=False, session__substitutions=None)
    way = "" if club == "pk" else f"{club}__"
    last = met.order_by("-day", "-period__number").values(f"instructor__{what}")[:1]
    kind: Field = CharField() if what == "name" else BigIntegerField()
    return Coalesce(Subquery(last), F(f"{way}instructor__{what}"), output_field=kind)


def room_on(day: dt.date) -> Coalesce:
    """The name of the room of a club as of a day: where its last meeting by then was to be, before it was moved for that day."""
    met = Meeting.objects.filter(club=OuterRef("pk"), day__lte=day, cancelled=False, moved_from=None)
    changed = ClubChange.objects.filter(meeting=OuterRef("pk"), kind="room").order_by("at", "pk")
    planned = Coalesce(Subquery(changed.values("room_before__name")[:1]), F("room__name"))
    last = met.annotate(planned=planned).order_by("-day", "-period__number").values("planned")[:1]
    return Coalesce(Subquery(last), F("room__name"), output_field=CharField())


def put_takers(term: Term, meetings: Iterable[Meeting]) -> list[Meeting]:
    """The meetings, not saved yet, with the adult of their day."""
    ahead, dated = hand_overs_ahead(term), list(meetings)
    for meeting in dated:
        for one in ahead:
            if one.club == meeting.club_id and one.day <= meeting.day:
                setattr(meeting, f"{one.role}_id", one.taker)
    return dated
