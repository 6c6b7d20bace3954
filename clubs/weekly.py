"""When clubs meet in the week: at their own times, or as stops of a rotation. Reads only."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from clubs.models import Club, ClubSlot, Meeting, Rotation, RotationStop
from enrollment.models import CareGroupMember
from school.models import ClassMembership, Room, SchoolDay, Term


def rooms_planned(day: dt.date) -> dict[tuple[int, int], Room]:
    """(club, period) → where its meeting of the day was planned; not those that were moved for that day."""
    meetings = Meeting.objects.filter(day=day, cancelled=False, changes=None, moved_from=None).select_related("room")
    return {(meeting.club_id, meeting.period_id): meeting.room for meeting in meetings}


def tell_rooms_of_today(clubs: Iterable[Club]) -> None:
    """Sets `room_today` on clubs that are still in another room today: a new one holds from the next day on."""
    planned = {club: room for (club, _period), room in rooms_planned(timezone.localdate()).items()}
    for club in clubs:
        room = planned.get(club.pk)
        club.room_today = room if room is not None and room.pk != club.room_id else None  # type: ignore[attr-defined]


def running(term: Term, day: dt.date) -> QuerySet[Rotation]:
    return Rotation.objects.filter(term=term, starts_on__lte=day, ends_on__gte=day).select_related("period")


def rotations_of(clubs: list[int]) -> dict[int, str]:
    """Club → the times of the rotations in which it is, with their names."""
    found: dict[int, list[str]] = {}
    stops = RotationStop.objects.filter(club__in=clubs, rotation__ends_on__gte=timezone.localdate())
    for stop in stops.select_related("rotation__period").order_by("rotation__weekday", "rotation__period__number"):
        rotation = stop.rotation
        found.setdefault(stop.club_id, []).append(f"{rotation.get_weekday_display()} {rotation.period} · {rotation}")
    return {club: "、".join(words) for club, words in found.items()}


def groups_at_rotations(term: Term, day: dt.date) -> dict[tuple[int, int, int], str]:
    """(group, weekday, period) at which a group is at a stop of a rotation that runs on the day → its name."""
    return {
        (one.group_id, rotation.weekday, rotation.period_id): rotation.name
        for rotation in running(term, day).prefetch_related("groups")
        for one in rotation.groups.all()
    }


def classes_going_round(term: Term, day: dt.date) -> dict[int, set[int]]:
    """Club of a running rotation → the classes of the children of its groups."""
    found: dict[int, set[int]] = {}
    for rotation in running(term, day).prefetch_related("groups", "stops"):
        children = CareGroupMember.objects.on(day).filter(group__in=[one.group_id for one in rotation.groups.all()])
        rows = ClassMembership.objects.on(day).filter(student__in=children.values("student"))
        classes = set(rows.order_by().values_list("school_class", flat=True))
        for stop in rotation.stops.all():
            found[stop.club_id] = found.get(stop.club_id, set()) | classes
    return found


def weekly_times(term: Term, day: dt.date) -> list[ClubSlot]:
    """The week's plan of the term's published clubs as of a day, by club. The times of a rotation that runs on the day are rows
    of its clubs that are not stored. Five queries.
    """
    clubs = Club.objects.filter(term=term, status=Club.Status.PUBLISHED)
    planned, weekday = rooms_planned(day), SchoolDay.objects.weekday_of(day)
    slots = ClubSlot.objects.filter(club__in=clubs).select_related("club", "room", "instructor", "assistant", "period")
    found = list(slots)
    for slot in found:
        if slot.weekday == weekday:
            # A new room holds from the next day on; the meeting of the day says where it still is.
            slot.room = planned.get((slot.club_id, slot.period_id), slot.room)
    stops = ("stops__club__room", "stops__club__instructor", "stops__club__assistant")
    for rotation in running(term, day).prefetch_related(*stops):
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
