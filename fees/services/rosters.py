"""The monthly roster (R026): frozen at the beginning, compared with the roll calls, differences settled one by one."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import CareGroupMember, Enrolment
from fees.models import Roster, RosterDifference, RosterLine
from fees.months import last_of, term_of
from safety.models import RollCall, Session
from school.models import Term, User

Kind = RosterDifference.Kind
Span = tuple[dt.date, dt.date | None, tuple[int, ...]]
"""First day, last day, weekdays of a participation."""


@transaction.atomic
def make_roster(*, first: dt.date, by: User | None) -> Roster:
    """The roster of a month, made once: who takes part then, in which group, as known when it is made."""
    if first > timezone.localdate() + dt.timedelta(days=31):
        raise ValidationError(_("A roster is made at the beginning of its month."))
    term = term_of(first)
    roster, made = Roster.objects.get_or_create(first=first, defaults={"term": term, "made_by": by})
    if made:
        rows = enrolments_in(term, first)
        groups = groups_in(first, [row.student_id for row in rows])
        RosterLine.objects.bulk_create(
            RosterLine(
                roster=roster,
                group_id=groups.get(row.student_id),
                enrolment=row,
                student_id=row.student_id,
                weekdays=row.weekdays,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
            for row in rows
        )
    return roster


def enrolments_in(term: Term, first: dt.date) -> list[Enrolment]:
    rows = Enrolment.objects.filter(option__term=term, starts_on__lte=last_of(first))
    return list(rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first)).select_related("option"))


def groups_in(first: dt.date, students: list[int]) -> dict[int, int]:
    """student → the care group in which it begins the month."""
    rows = CareGroupMember.objects.filter(starts_on__lte=last_of(first), student__in=students)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first)).order_by("-starts_on")
    return dict(rows.values_list("student", "group"))


@transaction.atomic
def compare_roster(*, roster: Roster) -> int:
    """Compares the roster with the roll calls of its month so far; returns how many differences are open.

    Run again it adds what is new and drops open ones that no longer hold; what is settled stays.
    """
    roster = Roster.objects.select_for_update(of=["self"]).select_related("term").get(pk=roster.pk)
    found = _differences(roster)
    known = {(d.student_id, d.kind): d for d in roster.differences.all()}
    gone = [d.pk for key, d in known.items() if d.settled_at is None and key not in found]
    roster.differences.filter(pk__in=gone).delete()
    RosterDifference.objects.bulk_create(
        RosterDifference(roster=roster, student_id=student, kind=kind, facts=facts)
        for (student, kind), facts in found.items()
        if (student, kind) not in known
    )
    roster.compared_at = timezone.now()
    roster.save(update_fields=["compared_at"])
    return roster.differences.filter(settled_at=None).count()


def _differences(roster: Roster) -> dict[tuple[int, str], dict[str, Any]]:
    until = min(roster.last, timezone.localdate())
    lines = list(roster.lines.select_related("enrolment", "roster").prefetch_related("enrolment__group_places"))
    on_roster = {line.student_id: line for line in lines}
    now = enrolments_in(roster.term, roster.first)
    there: dict[int, set[dt.date]] = defaultdict(set)
    called: set[int] = set()
    groups: dict[int, dict[tuple[int, int], set[dt.date]]] = defaultdict(lambda: defaultdict(set))
    calls = RollCall.objects.filter(session__day__range=(roster.first, until))
    for student, day, status, group, session in calls.values_list(
        "student", "session__day", "status", "session__care_group", "session"
    ).iterator():
        called.add(student)
        if status == RollCall.Status.PRESENT:
            there[student].add(day)
            if group:
                groups[student][session, group].add(day)
    joined = _groups_joined(roster.first, until)
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for line in lines:
        found |= _of_line(line, called, there, groups[line.student_id], joined)
    found |= _plans_differ(roster, lines, now)
    for row in now:
        if row.student_id not in on_roster:
            found[row.student_id, Kind.JOINED] = {"from": row.starts_on.isoformat()}
    enrolled = {row.student_id for row in now}
    for student in there.keys() - on_roster.keys() - enrolled:
        found[student, Kind.NOT_ENROLLED] = _days(there[student])
    return found


def _of_line(
    line: RosterLine,
    called: set[int],
    there: dict[int, set[dt.date]],
    groups: dict[tuple[int, int], set[dt.date]],
    joined: dict[int, set[int]],
) -> dict[tuple[int, str], dict[str, Any]]:
    """What differs about one child of the roster. `groups`: (session, its care group) → days on which the child was there."""
    student = line.student_id
    found: dict[tuple[int, str], dict[str, Any]] = {}
    if student in called and not there.get(student):
        found[student, str(Kind.NEVER_THERE)] = {}
    if line.group_id is None and student in called:
        found[student, str(Kind.NO_GROUP)] = {}
    # A child who was moved in the month is found in both groups; only a group it never belonged to counts.
    own = {line.group_id, *_groups_of(line)}
    elsewhere = {
        day for (session, group), days in groups.items() if not own & {group, *joined.get(session, ())} for day in days
    }
    if elsewhere:
        found[student, str(Kind.OTHER_GROUP)] = _days(elsewhere)
    return found


def _plans_differ(
    roster: Roster, lines: list[RosterLine], now: list[Enrolment]
) -> dict[tuple[int, str], dict[str, Any]]:
    """Who ends in the month otherwise than the roster says, and who comes on other weekdays: the first day that differs.

    A change of days ends one enrolment and begins another: the child goes on, on other days.
    """
    month = [roster.first + dt.timedelta(days=n) for n in range((roster.last - roster.first).days + 1)]
    written: dict[int, list[Span]] = defaultdict(list)
    for line in lines:
        written[line.student_id].append((line.starts_on, line.ends_on, tuple(line.weekdays)))
    stands: dict[int, list[Span]] = defaultdict(list)
    for row in now:
        stands[row.student_id].append((row.starts_on, row.ends_on, tuple(row.weekdays)))
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for student, spans in written.items():
        if set(spans) == set(stands[student]):
            continue
        planned, actual = (_days_of(rows, month) for rows in (spans, stands[student]))
        last_day = max(actual, default=roster.first - dt.timedelta(days=1))
        if last_day not in (max(planned), roster.last):
            found[student, str(Kind.ENDED)] = {"to": last_day.isoformat()}
        changed = [day for day in month if day in actual and planned.get(day) != actual[day]]
        if changed:
            found[student, str(Kind.DAYS)] = {"from": changed[0].isoformat(), "weekdays": sorted(actual[changed[0]])}
    return found


def _days_of(spans: list[Span], month: list[dt.date]) -> dict[dt.date, frozenset[int]]:
    """Days of the month on which one of the spans holds → its weekdays."""
    found: dict[dt.date, frozenset[int]] = defaultdict(frozenset)
    for starts_on, ends_on, weekdays in spans:
        for day in month:
            if starts_on <= day and (ends_on is None or day <= ends_on):
                found[day] |= frozenset(weekdays)
    return dict(found)


def _groups_joined(first: dt.date, last: dt.date) -> dict[int, set[int]]:
    """Session → the care groups whose own sessions joined it: their children are called there."""
    joined: dict[int, set[int]] = defaultdict(set)
    rows = Session.objects.filter(day__range=(first, last), merged_into__isnull=False, care_group__isnull=False)
    for into, group in rows.values_list("merged_into", "care_group"):
        if into and group:
            joined[into].add(group)
    return joined


def _groups_of(line: RosterLine) -> set[int]:
    return {place.group_id for place in line.enrolment.group_places.all() if place.starts_on <= line.roster.last}


def _days(days: set[dt.date]) -> dict[str, Any]:
    return {"days": [day.isoformat() for day in sorted(days)]}


@transaction.atomic
def settle_differences(*, differences: list[RosterDifference], settlement: str, note: str, by: User) -> int:
    """Says how each was settled; returns how many. What another person settled meanwhile stays as it is."""
    if not note.strip() and settlement == RosterDifference.Settlement.EXPLAINED:
        raise ValidationError(_("Write down the explanation."))
    open_rows = RosterDifference.objects.select_for_update(of=["self"]).filter(
        pk__in=[difference.pk for difference in differences], settled_at=None
    )
    return open_rows.update(settlement=settlement, note=note.strip(), settled_by=by, settled_at=timezone.now())
