"""The catalogue of a term as drafts of a later one."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club, ClubSlot, ClubWeek
from enrollment.services import Copied
from school.models import Staff, Term

# What a term decides anew: its counters, its dates, who proposed it and what was said of it.
OF_THE_TERM = {"id", "term", "status", "published_on", "taken", "held", "proposed_by", "opinion"}


def clubs_to_copy(source: Term, target: Term) -> tuple[QuerySet[Club], QuerySet[Club]]:
    """Clubs of the catalogue that the target does not have: those to copy, and those whose instructor has left by then."""
    there = Club.objects.filter(term=target).values("name")
    rows = Club.objects.filter(term=source, status=Club.Status.PUBLISHED).exclude(name__in=there).order_by("name")
    here = Staff.objects.active(target.starts_on)
    return rows.filter(instructor__in=here), rows.exclude(instructor__in=here)


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
    """Drafts with times, further rooms and the content of the weeks. A second adult who has left is left out."""
    here = set(Staff.objects.active(target.starts_on).values_list("pk", flat=True))
    fields = [field.name for field in Club._meta.concrete_fields if field.name not in OF_THE_TERM]
    rows, _left = clubs_to_copy(source, target)
    for old in rows.prefetch_related("slots", "weeks", "other_rooms"):
        new = Club(term=target, **{name: getattr(old, name) for name in fields})
        if new.assistant_id not in here:
            new.assistant = None
        if new.school_class is not None:
            # A class's own club goes with its class.
            new.grade_from = new.grade_to = new.school_class.grade(target.starts_on)
        new.save()
        new.other_rooms.set(old.other_rooms.all())
        ClubWeek.objects.bulk_create(ClubWeek(club=new, number=w.number, content=w.content) for w in old.weeks.all())
        ClubSlot.objects.bulk_create(
            ClubSlot(
                term=target,
                club=new,
                weekday=slot.weekday,
                period_id=slot.period_id,
                room_id=slot.room_id,
                instructor=new.instructor,
                assistant=new.assistant,
            )
            for slot in old.slots.all()
        )


CLUBS = Copied(plan_clubs, copy_clubs)
