"""The term's daily records of the demonstration: rolls, custody, releases."""

import datetime as dt
import io
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from clubs.models import Membership
from clubs.services import make_meetings
from enrollment.models import CareGroupMember, Collector, Enrolment, LeavesAlone
from reports.demo.families import at
from safety.models import Custody, DayClose, Leave, Release, RollCall, Session
from safety.services import plan_day
from school.models import Period, SchoolClass, SchoolDay, Staff, Subject, Teaching, Term, User


@dataclass
class Plan:
    """Who is where by the week's plan, so that a day is made without asking the database for each child."""

    enrolments: list[Enrolment]
    group: dict[int, int]
    club: dict[tuple[int, int, int], int]
    """(student, weekday, period pk) → club pk."""
    collectors: dict[int, Collector]
    alone: dict[int, list[int]]

    @classmethod
    def read(cls) -> "Plan":
        clubs: dict[tuple[int, int, int], int] = {}
        for m in Membership.objects.prefetch_related("club__slots"):
            for slot in m.club.slots.all():
                clubs[m.student_id, slot.weekday, slot.period_id] = m.club_id
        collectors: dict[int, Collector] = {}
        for collector in Collector.objects.order_by("-pk"):
            collectors[collector.student_id] = collector
        return cls(
            enrolments=list(Enrolment.objects.order_by("pk")),
            group=dict(CareGroupMember.objects.values_list("student", "group")),
            club=clubs,
            collectors=collectors,
            alone=dict(LeavesAlone.objects.values_list("student", "weekdays")),
        )


@dataclass
class Ledger:
    """Rows of the three tables in the order of their columns, copied in at the end."""

    rolls: list[tuple] = field(default_factory=list)
    custodies: list[tuple] = field(default_factory=list)
    releases: list[tuple] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)


def live_through(term: Term, until: dt.date, rng: random.Random, leader: User, guardians: dict[int, User]) -> None:
    """Every teaching day from the term's first to `until`: sessions, rolls, custody, releases, closed by the leader."""
    make_meetings(term=term, first=term.starts_on, last=until)
    plan, ledger = Plan.read(), Ledger()
    days = list(SchoolDay.objects.teaching().filter(day__range=(term.starts_on, until)))
    periods = Period.objects.with_times()
    for school_day in days:
        plan_day(day=school_day.day)
        live_one_day(term, school_day, periods, plan, ledger, rng, guardians)
    store(ledger)
    Leave.objects.bulk_create(ledger.leaves)
    Session.objects.filter(day__lte=until).update(roll_taken_at=None)
    _mark_rolls_taken(until)
    expected = who_was_expected(until)
    DayClose.objects.bulk_create(
        DayClose(day=d.day, at=at(d.day, 18, rng.randrange(20, 55)), by=leader, expected=expected[d.day]) for d in days
    )


def who_was_expected(until: dt.date) -> dict[dt.date, dict[str, Any]]:
    """Day → what a closing keeps of it, from the rolls."""
    found: dict[dt.date, dict[str, Any]] = defaultdict(lambda: {"children": set(), "sessions": defaultdict(list)})
    calls = RollCall.objects.filter(session__day__lte=until, expected=True)
    for day, session, student in calls.values_list("session__day", "session", "student"):
        found[day]["children"].add(student)
        found[day]["sessions"][str(session)].append(student)
    return defaultdict(dict, {day: {**one, "children": sorted(one["children"])} for day, one in found.items()})


def _mark_rolls_taken(until: dt.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE safety_session s SET roll_taken_at = r.at, roll_taken_by_id = r.by_id
               FROM (SELECT session_id, min(at) AS at, min(by_id) AS by_id FROM safety_rollcall GROUP BY session_id) r
               WHERE r.session_id = s.id AND s.day <= %s""",
            [until],
        )
    # A group whose children are all at clubs has an empty roll; it is called in passing.
    for session in Session.objects.filter(day__lte=until, roll_taken_at=None).select_related("staff__user"):
        session.roll_taken_at, session.roll_taken_by = at(session.day, 16, 55), session.staff.user
        session.save()


def live_one_day(
    term: Term,
    school_day: SchoolDay,
    periods: list[Period],
    plan: Plan,
    ledger: Ledger,
    rng: random.Random,
    guardians: dict[int, User],
) -> None:
    day, weekday = school_day.day, int(school_day.follows_weekday or 0)
    times = [period.times_on(day, term) for period in periods]
    groups, clubs = {}, {}
    for s in Session.objects.on(day).select_related("meeting", "staff"):
        if s.meeting:
            clubs[s.meeting.club_id, s.period_id] = s
        else:
            groups[s.care_group_id, s.period_id] = s
    sick = 0.02 if day.month < 11 else 0.03
    for e in plan.enrolments:
        if weekday not in e.weekdays:
            continue
        pk = e.student_id
        last = e.leaves_after.get(str(weekday))
        places = [
            None
            if last and p.number > last
            else clubs.get((plan.club.get((pk, weekday, p.pk), 0), p.pk)) or groups.get((plan.group.get(pk, 0), p.pk))
            for p in periods
        ]
        luck = rng.random()
        status = "leave" if luck < sick else "absent" if luck < sick + 0.008 else "present"
        if status == "leave":
            ledger.leaves.append(Leave(student_id=pk, day=day, reason="身体不适", by=guardians[pk]))
        called = [
            at(day, t.starts_at.hour, t.starts_at.minute) + dt.timedelta(minutes=rng.randrange(1, 6))
            for t in times
            if t
        ]
        late_entry = rng.random() < 0.002
        for session, when in zip(places, called, strict=True):
            if session:
                ledger.rolls.append((status, True, late_entry, when, session.staff.user_id, session.pk, pk))
        if status == "present":
            go_home(e, places, called, times, plan, ledger, rng, day, weekday)


def go_home(
    e: Enrolment,
    places: list[Session | None],
    called: list[dt.datetime],
    times: list[Any],
    plan: Plan,
    ledger: Ledger,
    rng: random.Random,
    day: dt.date,
    weekday: int,
) -> None:
    """Custody from the first roll, handed on where the next session has another adult, until the release."""
    minutes = rng.randrange(0, 12) if rng.random() > 0.012 else rng.randrange(16, 48)
    end = next(time for time, place in reversed(list(zip(times, places, strict=True))) if place).ends_at
    leaves = at(day, end.hour, end.minute) + dt.timedelta(minutes=minutes)
    stays = [(s, when) for s, when in zip(places, called, strict=True) if s]
    spans: list[list[Any]] = []
    for session, when in stays:
        if spans and spans[-1][0] == session.staff_id:
            continue
        if spans:
            spans[-1][3] = when
        spans.append([session.staff_id, session.pk, when, leaves, session.staff.user_id])
    pk = e.student_id
    for staff, session_pk, since, until, _user in spans:
        ledger.custodies.append((day, since, until, False, session_pk, staff, pk))
    collector = plan.collectors.get(pk)
    if weekday in plan.alone.get(pk, ()):
        collector = None
    how, whom = ("collected", f"{collector.name}（{collector.relation}）") if collector else ("alone", "自行离校")
    by, row = spans[-1][4], len(ledger.custodies)
    ledger.releases.append((day, how, whom, leaves, False, leaves, by, collector.pk if collector else None, row, pk))


def store(ledger: Ledger) -> None:
    """COPY: a term of records in seconds. The deferred triggers look at every row when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM safety_custody")
        base = cursor.fetchone()[0]
        columns = ["status", "expected", "late_entry", "at", "by_id", "session_id", "student_id"]
        copy(cursor, RollCall._meta.db_table, columns, ledger.rolls)
        columns = ["id", "day", "since", "until", "late_entry", "session_id", "staff_id", "student_id"]
        copy(cursor, Custody._meta.db_table, columns, ((base + n, *row) for n, row in enumerate(ledger.custodies, 1)))
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('safety_custody', 'id'), %s)", [base + len(ledger.custodies) + 1]
        )
        columns = [
            "day",
            "how",
            "to_name",
            "at",
            "late_entry",
            "entered_at",
            "by_id",
            "collector_id",
            "custody_id",
            "student_id",
        ]
        rows = ((*row[:8], base + row[8], row[9]) for row in ledger.releases)
        copy(cursor, Release._meta.db_table, columns, rows)


def copy(cursor: Any, table: str, columns: list[str], rows: Iterable[tuple]) -> None:
    out = io.StringIO()
    for row in rows:
        out.write("\t".join("\\N" if v is None else str(v) for v in row) + "\n")
    out.seek(0)
    cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", out)  # names are our own


def assign_teaching(term: Term) -> None:
    """Each class has its three written subjects: the homeroom teacher's own and two colleagues in turn."""
    pools: dict[str, list[Staff]] = defaultdict(list)
    for person in Staff.objects.filter(title="教师").select_related("subject").order_by("number"):
        pools[person.subject.name].append(person)  # type: ignore[union-attr]
    subjects = {s.name: s for s in Subject.objects.all()}
    rows = []
    for i, school_class in enumerate(SchoolClass.objects.order_by("-entry_year", "number")):
        own = Staff.objects.filter(posts__school_class=school_class).select_related("subject").get()
        for name in ("语文", "数学", "英语", "体育", "科学", "劳动"):
            pool = pools.get(name)
            if not pool:
                continue
            person = own if own.subject and own.subject.name == name else pool[i % len(pool)]
            rows.append(
                Teaching(staff=person, school_class=school_class, subject=subjects[name], starts_on=term.starts_on)
            )
    Teaching.objects.bulk_create(rows)
