"""Calls the roll: records attendance, and takes custody of the children present."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Meeting
from clubs.placing import service_over
from enrollment.services.telling import Telling, keep_telling
from safety.models import Custody, Leave, RollCall, Session
from safety.rolls import ends_at, expected_students, gone_before, roll_of
from safety.services.custody import give_back, take_custody, told_gone
from safety.services.day import check_open, check_takes_part, hold_open, is_late_entry, share_day
from school.models import Student, User


@transaction.atomic
def call_roll(*, session: Session, marks: dict[int, str], by: User, at: dt.datetime | None = None) -> Session:
    """Writes {student pk: RollCall.Status}. Calling again corrects; what is not named stays as it was.

    A child who is present passes into the custody of the session's adult. What is entered more than two hours after `at`
    (without it: after the session's end) is marked 补录. Raises ValidationError on a closed or a lesson-free day.
    """
    check_open(session.day)
    check_not_in_care(session.day, [pk for pk, status in marks.items() if status == RollCall.Status.LEFT])
    session = Session.objects.select_for_update(of=["self"]).get(pk=session.pk)
    check_held(session)
    check_not_gone(session, [pk for pk, status in marks.items() if status != RollCall.Status.LEFT])
    now = timezone.now()
    late = is_late_entry(session.day, at or ends_at(session) or now, now)
    at = at or now
    expected = set(expected_students(session))
    before = dict(RollCall.objects.filter(session=session).values_list("student", "status"))
    calls = [
        RollCall(
            session=session,
            student_id=student,
            status=status,
            expected=student in expected,
            late_entry=late,
            by=by,
            at=at,
        )
        for student, status in marks.items()
        if before.get(student) != status
    ]
    RollCall.objects.bulk_create(
        calls,
        update_conflicts=True,
        unique_fields=["session", "student"],
        update_fields=["status", "late_entry", "by", "at", "confirmed_at", "confirmed_by"],
    )
    here = [c.student_id for c in calls if c.status == RollCall.Status.PRESENT]
    away = [
        c.student_id for c in calls if c.status != RollCall.Status.PRESENT and before.get(c.student_id) == "present"
    ]
    take_custody(students=here, session=session, at=at, late=late)
    give_back(students=away, session=session, at=at)
    if session.roll_taken_at is None and set(expected) <= before.keys() | marks.keys():
        session.roll_taken_at, session.roll_taken_by = at, by
        session.save(update_fields=["roll_taken_at", "roll_taken_by"])
    return session


def check_not_in_care(day: dt.date, students: list[int]) -> None:
    """Who is in the school's care leaves with somebody, and that is written: it is handed over, not marked as gone."""
    here = Custody.objects.open().filter(day=day, student__in=students).select_related("student")
    if names := [custody.student.name for custody in here]:
        raise ValidationError(
            _("%s is in the school's care: hand the child over, so that it is written with whom it leaves.")
            % "、".join(names)
        )


def check_not_gone(session: Session, students: list[int]) -> None:
    """Who was handed over before this session is neither here nor missing at it: it has left."""
    gone = gone_before(session).filter(student__in=students).select_related("student").order_by("at")
    if told := [told_gone(release) for release in gone]:
        raise ValidationError([*told, _("For this session the child is «left earlier».")])


def call_rest(*, session: Session, by: User) -> Session:
    """All who are not called yet: who is on leave or has left as that, the others as here.

    A child that was missing at an earlier roll of the day is not among them: somebody looks at it and says so.
    """
    marks = {
        place.student.pk: str(place.by_default) for place in roll_of(session) if not place.status and place.by_default
    }
    return call_roll(session=session, marks=marks, by=by)


def take_on(*, session: Session, student: Student, by: User) -> Session:
    """Takes on any pupil found by name at once; the office settles missing paperwork later."""
    return call_roll(session=session, marks={student.pk: RollCall.Status.PRESENT}, by=by)


@transaction.atomic
def confirm_missing(*, student: Student, day: dt.date, by: User) -> RollCall:
    """The duty leader has looked and the child is not here: its family reads so at once. Confirming twice changes nothing.

    Raises ValidationError for a child that has been found meanwhile.
    """
    share_day(day)
    calls = RollCall.objects.missing(day).filter(student=student).select_for_update(of=["self"])
    call = calls.order_by("-session__period__number").first()
    if call is None:
        raise ValidationError(_("%s is not missing any more.") % student.name)
    if call.confirmed_at is None:
        call.confirmed_at, call.confirmed_by = timezone.now(), by
        call.save(update_fields=["confirmed_at", "confirmed_by"])
    return call


def check_held(session: Session) -> None:
    """Refuses a session that was cancelled or merged since the page was opened."""
    if session.merged_into_id:
        raise ValidationError(_("This session has joined %s; its roll is called there.") % session.merged_into.title)  # type: ignore[union-attr]
    if session.meeting_id and Meeting.objects.filter(pk=session.meeting_id, cancelled=True).exists():
        raise ValidationError(_("%s does not take place; its children are in their care groups.") % session.title)


@transaction.atomic
def ask_leave(*, student: Student, day: dt.date, reason: str, by: User, telling: Telling | None = None) -> Leave:
    """A guardian says that the child does not stay that day, or told it to the colleague who enters it.

    Raises ValidationError for a day that is over or closed, and for one on which the child is not expected anyway. A day that
    is not in the calendar yet can be named.
    """
    if day < timezone.localdate():
        raise ValidationError(_("Leave can be asked for today and later days."))
    if service_over(day, timezone.now()):
        raise ValidationError(_("The service of today is over."))
    hold_open(day)
    check_takes_part(student, day)
    leave = Leave(student=student, day=day, reason=reason.strip(), by=by)
    keep_telling(leave, telling, student)
    try:
        with transaction.atomic():
            leave.save()
    except IntegrityError as error:
        raise ValidationError(_("%s is on leave that day already.") % student.name) from error
    return leave


@transaction.atomic
def cancel_leave(*, leave: Leave, by: User) -> None:
    """Takes a leave back while the roll of that day does not rest on it, and the day is open."""
    hold_open(leave.day)
    if RollCall.objects.filter(session__day=leave.day, student=leave.student_id).exists():
        raise ValidationError(_("The roll has been called already. Please phone the school."))
    leave.delete()
