"""The school's afternoon in figures: the sessions of a day, who is still here, what is missing."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from clubs.changes import latest_changes
from clubs.models import RainDay
from enrollment.models import Concern
from safety.models import Custody, DayClose, Release, RollCall, Session
from safety.rolls import children_by_session, times_of_sessions
from school.models import SchoolDay
from school.rows import with_children


def sessions_on(day: dt.date) -> list[Any]:
    """The sessions of a day with how many `children` are on their list, whether each has `begun`, and `here` and `missing` by
    their rolls.
    """
    rows = Session.objects.on(day).with_gaps().select_related("care_group", "meeting__club", "period", "staff")
    rows = rows.annotate(
        here=Count("roll_calls", filter=Q(roll_calls__in=RollCall.objects.here(day))),
        missing=Count("roll_calls", filter=Q(roll_calls__status=RollCall.Status.ABSENT)),
    )
    sessions: list[Any] = list(rows.order_by("period__number", "pk"))
    children, times, now = children_by_session(day), times_of_sessions(day, sessions), timezone.localtime()
    for session in sessions:
        session.children, at = len(children.get(session.pk, ())), times[session.pk]
        session.begun = day < now.date() or at is None or (day == now.date() and at.starts_at <= now.time())
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
    rolls_open = [one for one in sessions if one.children and one.roll_taken_at is None]
    return {
        "day": day,
        "school_day": SchoolDay.objects.of(day),
        "sessions": sessions,
        "sessions_late": [one for one in rolls_open if one.begun],
        "sessions_ahead": [one for one in rolls_open if not one.begun],
        "sessions_called": [one for one in sessions if one.children and one.roll_taken_at is not None],
        "sessions_empty": [one for one in sessions if not one.children],
        "rolls_open": len(rolls_open),
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
