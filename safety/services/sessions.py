"""The day's sessions, derived from care groups, duties and club meetings. Nothing is typed twice."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from clubs.models import Meeting
from clubs.services import make_meetings
from enrollment.models import CareDuty
from safety.models import Session
from school.models import PolicyRule, SchoolDay, Term


@transaction.atomic
def plan_day(*, day: dt.date) -> int:
    """Makes the day's sessions; run again, it adds what is missing. Returns how many were added.

    Raises ValidationError on a day without lessons while S3 is in force.
    """
    school_day = SchoolDay.objects.filter(day=day).first()
    if school_day is None or school_day.follows_weekday is None:
        rule = PolicyRule.objects.blocking("S3", day=day)
        if rule:
            raise rule.refusal(_("%s is not a teaching day; the service is not held.") % day)
    weekday = school_day.follows_weekday if school_day and school_day.follows_weekday else day.isoweekday()
    term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if term is None:
        return 0
    make_meetings(term=term, first=day, last=day)
    planned = set(Session.objects.on(day).values_list("care_group", "meeting", "period"))
    meetings = Meeting.objects.on(day).filter(cancelled=False)
    sessions = [
        Session(day=day, period_id=m.period_id, meeting=m, staff_id=m.instructor_id)
        for m in meetings
        if (None, m.pk, m.period_id) not in planned
    ]
    seen: set[tuple[int, int]] = set()
    for duty in CareDuty.objects.filter(term=term, weekday=weekday).order_by("pk"):
        place = (duty.group_id, duty.period_id)
        if place in seen or (duty.group_id, None, duty.period_id) in planned:
            continue
        seen.add(place)
        sessions.append(Session(day=day, period_id=duty.period_id, care_group_id=duty.group_id, staff_id=duty.staff_id))
    # Two people who look at once both plan; the constraints keep one of each.
    Session.objects.bulk_create(sessions, ignore_conflicts=True)
    return len(sessions)
