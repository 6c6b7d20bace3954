"""Rectification notices, step by step."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import HomeworkSettings, Rectification, RectificationStep
from homework.services.sheets import next_school_day
from school.models import SchoolClass, Staff, Subject, User

State = Rectification.State
Step = RectificationStep.Kind
NUMBERING = 20_211  # an advisory lock: one number a time


def _answer_by(day: dt.date) -> dt.date:
    """The last day for an answer, counted in school days by the school's setting."""
    for _n in range(HomeworkSettings.load().rectification_days):
        day = next_school_day(day)
    return day


@transaction.atomic
def issue_rectification(
    *,
    school_class: SchoolClass,
    subject: Subject | None,
    teacher: Staff,
    day: dt.date,
    origin: str,
    finding: str,
    demand: str,
    by: User,
) -> Rectification:
    """A notice with the next number of the year; one a class, subject and day (R096: each breach counts once)."""
    today = timezone.localdate()
    if day > today:
        raise ValidationError(_("The day of the finding is still to come."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    last = Rectification.objects.filter(year=today.year).aggregate(last=Max("number"))["last"] or 0
    notice = Rectification(
        year=today.year,
        number=last + 1,
        school_class=school_class,
        subject=subject,
        teacher=teacher,
        day=day,
        origin=origin,
        finding=finding.strip(),
        demand=demand.strip(),
        answer_by=_answer_by(today),
        issued_by=by,
        issued_at=timezone.now(),
    )
    notice.full_clean()
    notice.save()
    return notice


def _locked_notice(notice: Rectification, *states: str) -> Rectification:
    notice = Rectification.objects.select_for_update(of=["self"]).select_related("teacher").get(pk=notice.pk)
    if notice.state not in states:
        raise ValidationError(_("This notice is already: %s.") % notice.get_state_display())
    return notice


def _write_down(notice: Rectification, kind: str, by: User, text: str = "") -> None:
    RectificationStep.objects.create(notice=notice, kind=kind, text=text, by=by)


def _needed(text: str) -> str:
    if not text.strip():
        raise ValidationError(_("Write a sentence."))
    return text.strip()


@transaction.atomic
def talk_about(*, notice: Rectification, text: str, by: User) -> Rectification:
    """Records the talk with the teacher and its result."""
    notice = _locked_notice(notice, State.ISSUED)
    notice.talked_on, notice.talk_note, notice.state = timezone.localdate(), _needed(text), State.TALKED
    notice.save()
    _write_down(notice, Step.TALK, by, notice.talk_note)
    return notice


@transaction.atomic
def answer_rectification(*, notice: Rectification, text: str, by: User) -> Rectification:
    """The teacher's own answer. Raises PermissionDenied for anybody else."""
    notice = _locked_notice(notice, State.ISSUED, State.TALKED)
    if notice.teacher.user_id != by.pk:
        raise PermissionDenied
    if notice.state == State.ISSUED:
        raise ValidationError(_("The talk comes first."))
    notice.answer, notice.answered_at, notice.state = _needed(text), timezone.now(), State.ANSWERED
    notice.save()
    _write_down(notice, Step.ANSWER, by, notice.answer)
    return notice


@transaction.atomic
def recheck(*, notice: Rectification, good: bool, text: str, by: User) -> Rectification:
    """Rechecks the class: resolved, or back to the talk with a new deadline.

    Earlier rounds are kept as the notice's steps.
    """
    notice = _locked_notice(notice, State.ANSWERED, State.RECHECKED)
    notice.rechecked_on, notice.recheck_note, notice.recheck_good = timezone.localdate(), _needed(text), good
    notice.state = State.RECHECKED if good else State.ISSUED
    if not good:
        notice.answer_by = _answer_by(timezone.localdate())
    notice.save()
    _write_down(notice, Step.GOOD if good else Step.NOT_YET, by, notice.recheck_note)
    return notice


@transaction.atomic
def close_rectification(*, notice: Rectification, by: User) -> Rectification:
    notice = _locked_notice(notice, State.RECHECKED)
    notice.state, notice.closed_at = State.CLOSED, timezone.now()
    notice.full_clean()
    notice.save()
    _write_down(notice, Step.CLOSED, by)
    return notice


@transaction.atomic
def make_public(*, notice: Rectification, public: bool, by: User) -> Rectification:
    """Shows class, subject and day on the public page after the talk (R093), or hides them again."""
    notice = Rectification.objects.select_for_update(of=["self"]).get(pk=notice.pk)
    if public and notice.talked_on is None:
        raise ValidationError(_("Nothing is made public before it was talked through."))
    notice.published_at = timezone.now() if public else None
    notice.save()
    _write_down(notice, Step.PUBLIC if public else Step.WITHDRAWN, by)
    return notice
