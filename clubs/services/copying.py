"""The catalogue of a term as drafts of a later one."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club, ClubSlot, ClubWeek
from enrollment.services import Copied
from school.models import SchoolSettings, Staff, Term

# What a term decides anew: its counters, its dates, who proposed it and what was said of it.
OF_THE_TERM = {"id", "term", "status", "published_on", "taken", "held", "proposed_by", "opinion"}


def clubs_to_copy(source: Term, target: Term) -> tuple[list[Club], list[Club]]:
    """Clubs of the catalogue that the target does not have: those to copy, and those whose instructor has left by then.

    The club of a class goes up with it, and ends with the class that leaves the school.
    """
    there = Club.objects.filter(term=target).values("name")
    rows = Club.objects.filter(term=source, status=Club.Status.PUBLISHED).exclude(name__in=there).order_by("name")
    rows = rows.select_related("school_class").prefetch_related("slots", "weeks", "other_rooms")
    here = set(Staff.objects.active(target.starts_on).values_list("pk", flat=True))
    top = SchoolSettings.load().top_grade
    going_on = [club for club in rows if club.school_class is None or club.school_class.grade(target.starts_on) <= top]
    return [c for c in going_on if c.instructor_id in here], [c for c in going_on if c.instructor_id not in here]


def plan_clubs(source: Term, target: Term) -> list[str]:
    rows, left = clubs_to_copy(source, target)
    names = [club.name for club in rows]
    found = []
    if names:
        words = ngettext(
            "%(n)d club as a draft with its times: %(names)s",
            "%(n)d clubs as drafts with their times: %(names)s",
            len(names),
        )
        found.append(words % {"n": len(names), "names": "、".join(names)})
    # Said beside what is copied; alone it is nothing to copy.
    if names and left:
        found.append(_("Not copied, the instructor has left: %s") % "、".join(club.name for club in left))
    return found


def copy_clubs(source: Term, target: Term) -> None:
    """Drafts with further rooms, the content of the weeks, and their times where room and adults are free then.

    A second adult who has left is left out.
    """
    here = set(Staff.objects.active(target.starts_on).values_list("pk", flat=True))
    fields = [field.name for field in Club._meta.concrete_fields if field.name not in OF_THE_TERM]
    rows, _left = clubs_to_copy(source, target)
    for old in rows:
        new = Club(term=target, **{name: getattr(old, name) for name in fields})
        if new.assistant_id not in here:
            new.assistant = None
        if new.school_class is not None:
            new.grade_from = new.grade_to = new.school_class.grade(target.starts_on)
        new.save()
        new.other_rooms.set(old.other_rooms.all())
        ClubWeek.objects.bulk_create(ClubWeek(club=new, number=w.number, content=w.content) for w in old.weeks.all())
        copy_times(old, new)


def copy_times(old: Club, new: Club) -> None:
    """All of its times, or none where another club of the new term has its room or adults at one of them."""
    adults = {"instructor": new.instructor, "assistant": new.assistant}
    with suppress(IntegrityError), transaction.atomic():
        ClubSlot.objects.bulk_create(
            ClubSlot(
                term_id=new.term_id, club=new, weekday=s.weekday, period_id=s.period_id, room_id=s.room_id, **adults
            )
            for s in old.slots.all()
        )


CLUBS = Copied(plan_clubs, copy_clubs)
