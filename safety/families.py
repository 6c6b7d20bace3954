"""What a family reads about this afternoon: where each child is, with whom, who collects it, and what has changed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clubs.changes import told_to_families
from clubs.models import Meeting, Membership
from enrollment.models import CareGroup, CareGroupMember, Collector, Enrolment
from enrollment.services.collecting import refusals_on
from safety.models import Custody, Leave, Release, Session
from safety.rolls import weekday_of
from school.models import Period, PeriodTime, Student, Term

DayPlace = tuple[Period, PeriodTime | None, str, str]


@dataclass(frozen=True)
class ChildToday:
    """One child's afternoon. `places` are its periods, times, rooms and adults; `leaves` are those ahead."""

    child: Student
    places: list[DayPlace]
    custody: Custody | None
    release: Release | None
    leaves: list[Leave]
    collectors: list[Collector]
    changes: list[Any]


def afternoons_of(children: list[Student], day: dt.date) -> list[ChildToday]:
    """The same number of queries for one child and for twelve."""
    custodies = Custody.objects.open().filter(student__in=children, day=day).select_related("staff")
    with_whom = {custody.student_id: custody for custody in custodies}
    releases = {release.student_id: release for release in Release.objects.filter(student__in=children, day=day)}
    ahead = Leave.objects.filter(student__in=children, day__gte=day).select_related("by", "told_by")
    leaves = by_child(ahead.order_by("day"))
    collectors, places = collectors_of(children, day), places_of(children, day)
    told = told_to_families(children, day)
    return [
        ChildToday(
            child,
            places.get(child.pk, []),
            with_whom.get(child.pk),
            releases.get(child.pk),
            leaves[child.pk][:5],
            collectors[child.pk],
            told.get(child.pk, []),
        )
        for child in children
    ]


def by_child(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.student_id].append(row)
    return found


def collectors_of(children: list[Student], day: dt.date) -> dict[int, list[Collector]]:
    """Who may collect each child on the day, without those whom a refusal bars."""
    refusals = refusals_on(day, [child.pk for child in children])
    rows = Collector.objects.allowed(day).filter(student__in=children)
    return by_child(row for row in rows if not refusals.bars(row.student_id, row))


def places_of(children: list[Student], day: dt.date) -> dict[int, list[DayPlace]]:
    """Child → its places of the afternoon; children who do not take part that day are absent."""
    weekday, term = weekday_of(day), Term.objects.current(day)
    season = term.season_on(day) if term else PeriodTime.Season.SUMMER
    taking_part = Enrolment.objects.taking_part_on(day, weekday).filter(student__in=children)
    meetings, groups = meetings_of(children, day), groups_of(children, day)
    joined, sessions = sessions_joined(day), sessions_of(groups.values(), day)
    places: dict[int, list[DayPlace]] = {pk: [] for pk in taking_part.values_list("student", flat=True)}
    for period in Period.objects.prefetch_related("period_times"):
        for pk, rows in places.items():
            meeting, group = meetings.get((pk, period.pk)), groups.get(pk)
            if meeting:
                where, who = f"{meeting.club.name} · {meeting.room.name}", meeting.instructor.name
                where, who = joined.get(("meeting", meeting.pk), (where, who))
                grade = group.grade if group else meeting.club.grade_from
            elif group:
                where = f"{group.name} · {group.room.name}" if group.room else group.name
                session = sessions.get((group.pk, period.pk))
                who = session.staff.name if session else ""
                where, who = joined.get(("session", session.pk if session else 0), (where, who))
                grade = group.grade
            else:
                continue
            rows.append((period, period.times(season, grade=grade, weekday=weekday), where, who))
    return places


def groups_of(children: list[Student], day: dt.date) -> dict[int, CareGroup]:
    """Child → its care group on the day."""
    members = CareGroupMember.objects.on(day).filter(student__in=children).select_related("group__room")
    return {member.student_id: member.group for member in members}


def sessions_of(groups: Iterable[CareGroup], day: dt.date) -> dict[tuple[int, int], Session]:
    """(care group, period) → its session of the day."""
    sessions = Session.objects.filter(day=day, care_group__in=groups).select_related("staff")
    return {(session.care_group_id, session.period_id): session for session in sessions}


def sessions_joined(day: dt.date) -> dict[tuple[str, int], tuple[str, str]]:
    """What joined another session that day, by its session and its meeting → where it is, and with whom."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    rows = Session.objects.filter(day=day, merged_into__isnull=False).select_related(
        "merged_into__staff",
        "merged_into__care_group__room",
        "merged_into__meeting__club",
        "merged_into__meeting__room",
    )
    for session in rows:
        other: Any = session.merged_into
        thing = other.care_group or other.meeting
        place = f"{other.title} · {thing.room.name}" if thing.room else other.title
        found["session", session.pk] = place, other.staff.name
        if session.meeting_id:
            found["meeting", session.meeting_id] = found["session", session.pk]
    return found


def meetings_of(children: list[Student], day: dt.date) -> dict[tuple[int, int], Meeting]:
    """(child, period) → the meeting of its club on the day."""
    members: dict[int, list[int]] = {}
    for club, student in Membership.objects.on(day).filter(student__in=children).values_list("club", "student"):
        members.setdefault(club, []).append(student)
    meetings = Meeting.objects.on(day).filter(club__in=members, cancelled=False)
    return {
        (student, meeting.period_id): meeting
        for meeting in meetings.select_related("club", "room", "instructor")
        for student in members[meeting.club_id]
    }
