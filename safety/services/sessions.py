"""The day's sessions, derived from care groups, duties and club meetings. Nothing is typed twice.

A meeting that is called off or moved takes its session with it: pulled from here, `clubs` knows nothing of sessions.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Meeting, Membership
from clubs.services import make_meetings
from enrollment.models import CareDuty, CareGroupMember, ServiceOption
from safety.models import DayClose, RollCall, Session
from safety.rolls import expected_students
from school.models import PolicyRule, SchoolDay, Staff, Term
from web.caching import as_of_now
from web.templatetags.formats import cn_date


@as_of_now()
@transaction.atomic
def plan_day(*, day: dt.date) -> int:
    """Makes the day's sessions; run again, it adds what is missing. Returns how many were added.

    None before the service of the term begins, after it ends, and on weekdays without it.
    Raises ValidationError on a day without lessons while S3 is in force.
    """
    school_day = SchoolDay.objects.filter(day=day).first()
    if school_day is None or school_day.follows_weekday is None:
        rule = PolicyRule.objects.blocking("S3", day=day)
        if rule:
            raise rule.refusal(_("%s is not a teaching day; the service is not held.") % cn_date(day))
    weekday = school_day.follows_weekday if school_day and school_day.follows_weekday else day.isoweekday()
    term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if term is None or not ServiceOption.objects.held_on(day, weekday).exists():
        return 0
    make_meetings(term=term, first=day, last=day)
    drop_sessions(day)
    drop_outdated(day, weekday)
    planned = set(Session.objects.on(day).values_list("care_group", "meeting", "period"))
    meetings = list(Meeting.objects.on(day).filter(cancelled=False))
    sessions = [
        Session(day=day, period_id=m.period_id, meeting=m, staff_id=m.instructor_id)
        for m in meetings
        if (None, m.pk, m.period_id) not in planned
    ]
    # A group that goes round is at its stop as a whole: nobody looks after its empty room.
    seen = {(m.group_id, m.period_id) for m in meetings if m.group_id}
    for duty in CareDuty.objects.on(day).filter(weekday=weekday).order_by("pk"):
        place = (duty.group_id, duty.period_id)
        if place in seen or (duty.group_id, None, duty.period_id) in planned:
            continue
        seen.add(place)
        sessions.append(Session(day=day, period_id=duty.period_id, care_group_id=duty.group_id, staff_id=duty.staff_id))
    # Two people who look at once both plan; the constraints keep one of each.
    Session.objects.bulk_create(sessions, ignore_conflicts=True)
    return len(sessions)


def date_meetings(day: dt.date) -> None:
    """The clubs' meetings of a day to come, dated from the week's plan: whoever looks ahead finds them."""
    if term := Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first():
        make_meetings(term=term, first=day, last=day)


def drop_sessions(day: dt.date) -> None:
    """Sessions of meetings that were called off go; groups whose roll was complete have children more to call."""
    gone = Session.objects.filter(day=day, meeting__cancelled=True, roll_calls=None, custodies=None, merged=None)
    periods = set(gone.values_list("period", flat=True))
    if not periods:
        return
    gone.delete()
    called = Session.objects.on(day).filter(period__in=periods, roll_taken_at__isnull=False)
    for session in called.select_for_update(of=["self"]).select_related("period"):
        reopen_if_incomplete(session)


def follow_day(day: SchoolDay) -> None:
    """A day that has no lessons after all has no sessions that nobody has touched.

    Raises ValidationError for a day that was held: one that the duty leader closed, or on which a roll was called. Fees and
    figures rest on it.
    """
    held_all_the_same = PolicyRule.objects.blocking("S3", day=day.day) is None
    if day.follows_weekday is not None or held_all_the_same:
        return
    if DayClose.objects.of(day.day):
        raise ValidationError(_("%s was held and is closed. Open it again first.") % cn_date(day.day))
    if called := RollCall.objects.filter(session__day=day.day).values("student").distinct().count():
        raise ValidationError(
            _(
                "On %(day)s the roll of %(n)d children was called: the service was held. Send them home and close the day."
            )
            % {"day": cn_date(day.day), "n": called}
        )
    untouched = Session.objects.filter(day=day.day, roll_calls=None, custodies=None, substitutions=None, merged=None)
    untouched.filter(merged_into__isnull=False).delete()
    untouched.delete()


def drop_outdated(day: dt.date, weekday: int) -> None:
    """Sessions that nobody has touched go when the duty table or the meeting names another adult; the plan makes them anew."""
    if day < timezone.localdate():
        return
    duties = CareDuty.objects.on(day).filter(weekday=weekday, group=OuterRef("care_group"), period=OuterRef("period"))
    other_duty = Q(care_group__isnull=False) & Exists(duties) & ~Exists(duties.filter(staff=OuterRef("staff")))
    other_instructor = Q(meeting__isnull=False) & ~Q(meeting__instructor=F("staff"))
    untouched = Session.objects.on(day).filter(roll_calls=None, custodies=None, substitutions=None, merged=None)
    untouched.filter(other_duty | other_instructor).delete()


def reopen_if_incomplete(session: Session) -> None:
    known = set(RollCall.objects.filter(session=session).values_list("student", flat=True))
    if session.roll_taken_at and not set(expected_students(session)) <= known:
        session.roll_taken_at = session.roll_taken_by = None
        session.save(update_fields=["roll_taken_at", "roll_taken_by"])


def roll_rests_on(meeting: Meeting) -> bool:
    """Whether a roll rests on where this meeting is. Locks the period's sessions, so that no roll is called meanwhile.

    For a meeting that stands: its own roll, or another session that joined it. For one that was called off: its children
    have been called elsewhere.
    """
    there = Session.objects.filter(day=meeting.day, period=meeting.period_id).order_by("pk")
    list(there.select_for_update(of=["self"]).values_list("pk", flat=True))
    if not meeting.cancelled:
        joined = there.filter(merged_into__meeting=meeting).exists()
        return joined or RollCall.objects.filter(session__meeting=meeting).exists()
    members: QuerySet = Membership.objects.on(meeting.day).filter(club=meeting.club_id)
    if meeting.group_id:
        members = CareGroupMember.objects.on(meeting.day).filter(group=meeting.group_id)
    members = members.values("student")
    return RollCall.objects.filter(session__in=there, student__in=members).exists()


def places_on(staff: Staff, day: dt.date, period: int) -> list[str]:
    """Where somebody answers for a session at that time of that day, beyond the week's plan."""
    rows = Session.objects.on(day).filter(staff=staff, period=period, care_group__isnull=False)
    duties = CareDuty.objects.on(day).filter(staff=staff, period=period, group=OuterRef("care_group"))
    return [session.title for session in rows.exclude(Exists(duties)).select_related("care_group")]
