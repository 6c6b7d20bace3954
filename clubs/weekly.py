"""When clubs meet in the week: at their own times, or as stops of a rotation. Reads only."""

import datetime as dt

from clubs.models import Club, ClubSlot, Rotation
from school.models import Term


def weekly_times(term: Term, day: dt.date) -> list[ClubSlot]:
    """The week's plan of the term's published clubs as of a day, by club. The times of a rotation that runs on the day are rows
    of its clubs that are not stored. Three queries.
    """
    clubs = Club.objects.filter(term=term, status=Club.Status.PUBLISHED)
    slots = ClubSlot.objects.filter(club__in=clubs).select_related("club", "room", "instructor", "assistant", "period")
    found = list(slots)
    running = Rotation.objects.filter(term=term, starts_on__lte=day, ends_on__gte=day).select_related("period")
    for rotation in running.prefetch_related("stops__club__room", "stops__club__instructor", "stops__club__assistant"):
        for stop in rotation.stops.all():
            found.append(
                ClubSlot(
                    term=term,
                    club=stop.club,
                    weekday=rotation.weekday,
                    period=rotation.period,
                    room=stop.club.room,
                    instructor=stop.club.instructor,
                    assistant=stop.club.assistant,
                )
            )
    return sorted(found, key=lambda slot: (slot.club.name, slot.weekday, slot.period.number))
