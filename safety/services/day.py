"""A day's lock, its closing, and what counts as entered later."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safety.models import Custody, DayClose, RollCall, Session
from safety.models.afternoon import DAY_LOCK
from safety.rolls import children_expected, expected_students
from safety.services.sessions import plan_day
from school.models import PolicyRule, SchoolDay, Student, User
from web.templatetags.formats import bracketed, cn_date

LATE_AFTER = dt.timedelta(hours=2)


def is_late_entry(day: dt.date, at: dt.datetime, now: dt.datetime) -> bool:
    """Whether what happened at `at` of a school day is entered later (补录): more than two hours after it, or on a later day."""
    return now - at > LATE_AFTER or day < timezone.localdate(now)


def share_day(day: dt.date) -> None:
    """Keeps the day from being closed until this transaction ends. Taken before any row of the day is locked."""
    _lock("pg_advisory_xact_lock_shared", day)


def hold_open(day: dt.date) -> None:
    """The same for what begins or moves custody. Raises ValidationError for a day that is closed."""
    share_day(day)
    if DayClose.objects.of(day):
        raise ValidationError(_("%s is closed. Ask the duty leader.") % cn_date(day))


def _lock(function: str, day: dt.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s::date - DATE '2000-01-01')", [DAY_LOCK, day])


def check_open(day: dt.date) -> None:
    """Raises ValidationError for a closed day, and on a day without lessons while S3 is in force."""
    hold_open(day)
    if not SchoolDay.objects.teaching().filter(day=day).exists():
        rule = PolicyRule.objects.blocking("S3", day=day)
        if rule:
            raise rule.refusal(_("%s is not a teaching day; the service is not held.") % cn_date(day))


def check_takes_part(student: Student, day: dt.date) -> None:
    """Raises ValidationError for a day of the calendar on which the child is not expected."""
    if SchoolDay.objects.filter(day=day).exists() and not children_expected(day).filter(pk=student.pk).exists():
        raise ValidationError(
            _("%(child)s does not take part in the service on %(day)s.") % {"child": student.name, "day": cn_date(day)}
        )


def not_planned(day: dt.date) -> bool:
    """Whether a day that is over has lessons and no sessions: nobody looked that day, or the system was not in use yet."""
    over = day < timezone.localdate() and not Session.objects.filter(day=day).exists()
    return over and SchoolDay.objects.teaching().filter(day=day).exists()


@transaction.atomic
def make_up_day(*, day: dt.date) -> int:
    """Makes the sessions of a day that is over, so that its rolls can be made up; returns how many.

    A day that has some gets none. Raises ValidationError for a closed day.
    """
    check_open(day)
    return plan_day(day=day) if not_planned(day) else 0


@transaction.atomic
def close_day(*, day: dt.date, by: User, note: str = "") -> DayClose:
    """The duty leader closes the day; who was expected is kept with it. Closing it twice changes nothing.

    Raises ValidationError while a child is in the school's care, while one is missing and the note does not say where it was, and
    while a roll is not called and S9 is in force. Of a day that is over the note may say why, where nobody can call it any more.
    """
    _lock("pg_advisory_xact_lock", day)
    if closed := DayClose.objects.of(day):
        return closed
    check_nobody_here(day)
    check_missing_explained(day, note)
    sessions = list(Session.objects.on(day).select_related("care_group", "meeting__club", "period"))
    rolls = {session: expected_students(session) for session in sessions}
    rule = PolicyRule.objects.blocking("S9", day=day)
    over = day < timezone.localdate()
    open_ones = [s.title for s, children in rolls.items() if children and s.roll_taken_at is None]
    if rule and open_ones and not (over and note.strip()):
        sentence = _("The roll has not been called: %s.") % "、".join(open_ones[:10])
        raise rule.refusal(sentence + (_("Make it up, or write in the note why it cannot be.") if over else ""))
    drop_empty([session.pk for session, children in rolls.items() if not children], by)
    expected = {
        "children": list(children_expected(day).values_list("pk", flat=True)),
        "sessions": {str(session.pk): children for session, children in rolls.items()},
    }
    return DayClose.objects.create(day=day, by=by, note=note.strip(), expected=expected)


def drop_empty(empty: list[int], by: User) -> None:
    """Sessions (pks) on whose list nobody stands were not held: they go. One that another row rests on stays, and is over."""
    rows = Session.objects.filter(pk__in=empty, roll_taken_at=None)
    rows.filter(roll_calls=None, custodies=None, substitutions=None, merged=None).delete()
    rows.update(roll_taken_at=timezone.now(), roll_taken_by=by)


@transaction.atomic
def reopen_day(*, day: dt.date, by: User, reason: str) -> DayClose:
    """The duty leader opens a closed day again, to correct it. Raises ValidationError without a reason, and for an open day."""
    _lock("pg_advisory_xact_lock", day)
    if DayClose.objects.of(day) is None:
        raise ValidationError(_("%s is not closed.") % cn_date(day))
    reopened = DayClose(day=day, by=by, kind=DayClose.Kind.REOPENED, note=reason.strip())
    reopened.full_clean()
    reopened.save(force_insert=True)
    return reopened


def check_missing_explained(day: dt.date, note: str) -> None:
    """Who closes the day while a child was missing to the end says where it was."""
    names = RollCall.objects.missing_children(day).order_by("at").values_list("student__name", flat=True)
    if names and not note.strip():
        raise ValidationError(
            _("%s was missing to the end. Correct the roll, or write in the note where the child was.")
            % "、".join(names)
        )


def check_nobody_here(day: dt.date) -> None:
    """A child in the school's care keeps the day open, whatever the school has made of rule S9."""
    here = Custody.objects.open().filter(day=day)
    if not here.exists():
        return
    names = "、".join(
        f"{c.student.name}{bracketed(c.staff.name)}"
        for c in here.select_related("student", "staff").order_by("pk")[:10]
    )
    sentence = _("%(count)d children have not been released yet: %(names)s.") % {"count": here.count(), "names": names}
    rule = PolicyRule.objects.effective("S9", day=day)
    raise rule.refusal(sentence) if rule else ValidationError(sentence)
