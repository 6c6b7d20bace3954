"""The states of an opinion: sent, answered, followed up, closed; and its public wording without names (R037, R038)."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from families.models import FamilySettings, Meeting, Opinion
from school.models import ClassMembership, Guardianship, SchoolClass, SchoolDay, Staff, Student, User

PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")


def due_day(day: dt.date) -> dt.date:
    """The last day for an answer: so many school days after `day`; weekdays where the calendar says nothing."""
    wanted = FamilySettings.load().answer_days
    known = dict(SchoolDay.objects.filter(day__gt=day, day__lte=day + dt.timedelta(days=60)).values_list("day", "kind"))
    due = day
    for _n in range(60):
        if wanted <= 0:
            break
        due += dt.timedelta(days=1)
        kind = known.get(due, "school" if due.isoweekday() <= 5 else "weekend")
        wanted -= kind in ("school", "make_up")
    return due


@transaction.atomic
def send_opinion(*, student: Student, about: str, to: str, text: str, by: User) -> Opinion:
    """A guardian writes; nobody but the one asked, the offices and the principal reads it."""
    if not student.has_guardian(by):
        raise ValidationError(_("Write about your own child."))
    today = timezone.localdate()
    opinion = Opinion(
        student=student,
        school_class=student.class_or_next(today),
        about=about,
        to=to,
        text=text.strip(),
        by=by,
        due_on=due_day(today),
        sent_at=timezone.now(),
    )
    opinion.full_clean()
    opinion.save()
    return opinion


@transaction.atomic
def enter_opinion(
    *,
    about: str,
    to: str,
    source: str,
    text: str,
    by: User,
    school_class: SchoolClass | None = None,
    meeting: Meeting | None = None,
) -> Opinion:
    """The office enters what was said at a meeting, in a survey or on paper; it waits for an answer as the others do."""
    opinion = Opinion(about=about, to=to, source=source, text=text.strip(), by=by, school_class=school_class)
    opinion.meeting, opinion.due_on, opinion.sent_at = meeting, due_day(timezone.localdate()), timezone.now()
    opinion.full_clean()
    opinion.save()
    return opinion


def may_answer(user: User, opinion: Opinion) -> bool:
    """Whether the user may answer: the homeroom teacher those addressed to her, the offices any."""
    if user.has_role("service_office", "academic_office"):
        return True
    return (
        opinion.to == Opinion.Addressee.HOMEROOM
        and user.has_role("homeroom_teacher")
        and user.pk != opinion.by_id
        and Opinion.objects.visible_to(user).filter(pk=opinion.pk).exists()
    )


def _locked_opinion(opinion: Opinion, *states: str) -> Opinion:
    """The row under its lock, in one of the states; refused with what has happened to it meanwhile."""
    opinion = Opinion.objects.select_for_update(of=["self"]).get(pk=opinion.pk)
    if opinion.state not in states:
        raise ValidationError(_("This opinion is already: %s.") % opinion.get_state_display())
    return opinion


@transaction.atomic
def answer_opinion(*, opinion: Opinion, answer: str, by: User) -> Opinion:
    opinion = _locked_opinion(opinion, Opinion.State.NEW)
    if not answer.strip():
        raise ValidationError(_("Write an answer."))
    opinion.answer, opinion.answered_by, opinion.answered_at = answer.strip(), by, timezone.now()
    opinion.state = Opinion.State.ANSWERED
    opinion.save()
    return opinion


@transaction.atomic
def follow_up_opinion(*, opinion: Opinion, follow_up: str, followed_on: dt.date, by: User) -> Opinion:
    """What was changed because of it, and when."""
    opinion = _locked_opinion(opinion, Opinion.State.ANSWERED, Opinion.State.FOLLOWED)
    if not follow_up.strip():
        raise ValidationError(_("Say what was changed."))
    opinion.follow_up, opinion.followed_by, opinion.followed_on = follow_up.strip(), by, followed_on
    opinion.state = Opinion.State.FOLLOWED
    opinion.save()
    return opinion


@transaction.atomic
def close_opinion(*, opinion: Opinion, by: User) -> Opinion:
    """Closes an answered opinion."""
    opinion = Opinion.objects.select_for_update(of=["self"]).get(pk=opinion.pk)
    if opinion.state == Opinion.State.NEW:
        raise ValidationError(_("Answer first: an opinion is not closed without an answer."))
    opinion.state, opinion.closed_at = Opinion.State.CLOSED, opinion.closed_at or timezone.now()
    opinion.save()
    return opinion


@transaction.atomic
def pass_opinion_on(*, opinion: Opinion, by: User) -> Opinion:
    """From the homeroom teacher to the office; the deadline stays."""
    opinion = _locked_opinion(opinion, Opinion.State.NEW)
    opinion.to = Opinion.Addressee.OFFICE
    opinion.save()
    return opinion


def names_in(text: str, opinion: Opinion) -> list[str]:
    """Parts of the text that would identify people: names of the family, the class and the staff, the class itself, a phone
    number.
    """
    names = set(Staff.objects.values_list("name", flat=True)) | {opinion.by.name}
    students = Student.objects.filter(pk=opinion.student_id)
    if opinion.school_class:
        members = ClassMembership.objects.filter(school_class=opinion.school_class).values("student")
        students = students | Student.objects.filter(pk__in=members)
        names.add(str(opinion.school_class))
    names |= set(students.values_list("name", flat=True))
    names |= set(Guardianship.objects.filter(student__in=students).values_list("guardian__name", flat=True))
    return sorted(name for name in names if name and name in text) + PHONE.findall(text)


@transaction.atomic
def publish_opinion(*, opinion: Opinion, public_text: str, public_answer: str, by: User) -> Opinion:
    """Opens opinion and answer to all families, in words that name nobody."""
    opinion = _locked_opinion(opinion, Opinion.State.ANSWERED, Opinion.State.FOLLOWED, Opinion.State.CLOSED)
    if not (public_text.strip() and public_answer.strip()):
        raise ValidationError(_("Write both the opinion and the answer in public words."))
    if found := names_in(f"{public_text}\n{public_answer}", opinion):
        raise ValidationError(_("Leave out what tells who is meant: %s.") % "、".join(found))
    opinion.public_text, opinion.public_answer = public_text.strip(), public_answer.strip()
    opinion.made_public_at = timezone.now()
    opinion.save()
    return opinion


@transaction.atomic
def withdraw_opinion(*, opinion: Opinion, by: User) -> Opinion:
    """Takes it off the public list; opinion and answer stay."""
    opinion.made_public_at = None
    opinion.save(update_fields=["made_public_at"])
    return opinion
