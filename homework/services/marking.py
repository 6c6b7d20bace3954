"""The four ticks on an entry, and coaching."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import Coaching, CoachingSession, Marking
from school.models import Staff, Student, Subject, User


@transaction.atomic
def tick_marking(*, marking: Marking, step: str, done: bool, by: Staff) -> Marking:
    """Sets or takes back one of the four steps. Setting one sets those before it: marked work has been collected.

    Taking one back takes back those after it.
    """
    if step not in Marking.STEPS:
        raise ValidationError(_("There is no such step."))
    marking = Marking.objects.select_for_update(of=["self"]).get(pk=marking.pk)
    at = Marking.STEPS.index(step)
    today = timezone.localdate()
    for number, name in enumerate(Marking.STEPS):
        if done and number <= at and getattr(marking, f"{name}_on") is None:
            setattr(marking, f"{name}_on", today)
        if not done and number >= at:
            setattr(marking, f"{name}_on", None)
    marking.by = by if marking.marked_on else None
    marking.save()
    return marking


@transaction.atomic
def begin_coaching(*, student: Student, subject: Subject, coach: Staff, aim: str, by: User) -> Coaching:
    coaching = Coaching(student=student, subject=subject, coach=coach, aim=aim.strip(), starts_on=timezone.localdate())
    Staff.objects.select_for_update(no_key=True).get(pk=coach.pk)  # two requests at once: the second one is refused
    coaching.full_clean()
    coaching.save()
    return coaching


@transaction.atomic
def note_coaching(*, coaching: Coaching, day: dt.date, text: str, by: User) -> CoachingSession:
    if day > timezone.localdate():
        raise ValidationError(_("Enter what has happened, not what is to come."))
    if coaching.ends_on and day > coaching.ends_on:
        raise ValidationError(_("This coaching has ended."))
    meeting = CoachingSession(coaching=coaching, day=day, note=text.strip(), by=by)
    meeting.full_clean()
    meeting.save()
    return meeting


@transaction.atomic
def end_coaching(*, coaching: Coaching, by: User) -> Coaching:
    coaching = Coaching.objects.select_for_update(of=["self"]).get(pk=coaching.pk)
    coaching.ends_on = coaching.ends_on or timezone.localdate()
    coaching.save()
    return coaching
