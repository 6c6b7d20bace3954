"""The school's afternoon in figures: the sessions of a day, who is still here, what is missing."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q

from clubs.changes import latest_changes
from clubs.models import RainDay
from enrollment.models import Concern
from safety.models import Custody, DayClose, Release, RollCall, Session
from safety.rolls import children_by_session
from school.models import SchoolDay
from school.rows import with_children


def sessions_on(day: dt.date) -> list[Any]:
    """The sessions of a day with how many children are on their list, and `here` and `missing` by their rolls."""
    rows = Session.objects.on(day).with_gaps().select_related("care_group", "meeting__club", "period", "staff")
    rows = rows.annotate(
        here=Count("roll_calls", filter=Q(roll_calls__in=RollCall.objects.here(day))),
        missing=Count("roll_calls", filter=Q(roll_calls__status=RollCall.Status.ABSENT)),
    )
    sessions: list[Any] = list(rows.order_by("period__number", "pk"))
    children = children_by_session(day)
    for session in sessions:
        session.children = len(children.get(session.pk, ()))
    return sessions


def in_care(day: dt.date) -> Any:
    """Children whom somebody answers for, those longest here first."""
    rows = Custody.objects.open().filter(day=day)
    return rows.select_related("student", "staff", "session__care_group").order_by("since")


def missing_children(day: dt.date) -> list[RollCall]:
    """The calls at which a child was missing that still hold, the first missed first; one a child."""
    rows = RollCall.objects.missing_children(day).order_by("at").select_related("confirmed_by")
    rows = rows.select_related("session__care_group", "session__meeting__club", "session__staff")
    return list(with_children(rows, day))


def afternoon_of(day: dt.date) -> dict[str, Any]:
    """What the page of the afternoon shows above its lists, by the name that the page knows it by."""
    sessions = sessions_on(day)
    return {
        "day": day,
        "school_day": SchoolDay.objects.of(day),
        "sessions": sessions,
        "rolls_open": sum(1 for session in sessions if session.children and session.roll_taken_at is None),
        "present": RollCall.objects.present(day).values("student").distinct().count(),
        "taken_on": RollCall.objects.taken_on(day).values("student").distinct().count(),
        "waiting_count": in_care(day).count(),
        "released": Release.objects.of_children_here().filter(day=day).count(),
        "closed": DayClose.objects.of(day),
        "closings": DayClose.objects.filter(day=day).select_related("by").order_by("pk"),
        "missing": missing_children(day),
        "concerns": Concern.objects.waiting().filter(day=day).count(),
        "changes": latest_changes(day, day),
        "rain": RainDay.objects.standing(day),
    }
