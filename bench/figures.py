"""All figures of the term summary, as a multiple of the time that SQL written by hand takes for the same figures."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from bench import _school
from reports.figures import Scope, collect
from reports.figures.homework_figures import AGAINST
from school.models import Term

ROUNDS = 15

# Who takes part, who is on roll: written once, used by name below.
PEOPLE = """
WITH part AS MATERIALIZED (
    SELECT e.id, e.student_id, e.application_id, e.option_id, e.weekdays, o.ends_on AS regular_end
    FROM enrollment_enrolment e JOIN enrollment_serviceoption o ON o.id = e.option_id
    WHERE o.term_id = %(term)s AND o.service IN ('', 'care') AND e.starts_on <= %(until)s
      AND (e.ends_on IS NULL OR e.ends_on > %(until)s OR e.ends_on >= o.ends_on)),
roll AS MATERIALIZED (
    SELECT m.student_id, m.school_class_id FROM school_classmembership m
    WHERE m.starts_on <= %(until)s AND (m.ends_on IS NULL OR m.ends_on >= %(until)s)),
child AS MATERIALIZED (
    SELECT r.student_id, r.school_class_id, EXISTS (SELECT 1 FROM part p WHERE p.student_id = r.student_id) AS takes
    FROM roll r),
place AS MATERIALIZED (
    SELECT m.student_id, m.group_id, p.option_id FROM enrollment_caregroupmember m
    JOIN part p ON p.id = m.enrolment_id JOIN enrollment_caregroup g ON g.id = m.group_id
    WHERE g.term_id = %(term)s AND m.starts_on <= %(until)s
      AND (m.ends_on IS NULL OR m.ends_on > %(until)s OR m.ends_on >= p.regular_end)),
member AS MATERIALIZED (
    SELECT m.student_id, m.club_id FROM clubs_membership m JOIN part p ON p.id = m.enrolment_id
    JOIN clubs_club c ON c.id = m.club_id
    WHERE c.term_id = %(term)s AND c.status IN ('published', 'cancelled') AND m.starts_on <= %(until)s
      AND (m.ends_on IS NULL OR m.ends_on > %(until)s OR m.ends_on >= p.regular_end))
"""

# For each class; then the same people by weekday.
CLASSES = (
    PEOPLE
    + """
SELECT c.entry_year, c.number, count(*), count(*) FILTER (WHERE takes),
       count(*) FILTER (WHERE takes AND student_id IN (SELECT student_id FROM member)),
       count(*) FILTER (WHERE takes AND student_id NOT IN (SELECT student_id FROM place)),
       count(*) FILTER (WHERE takes AND student_id NOT IN (
           SELECT student_id FROM enrollment_collector
           WHERE kind <> 'barred' AND starts_on <= %(until)s AND (ends_on IS NULL OR ends_on >= %(until)s)
           UNION SELECT l.student_id FROM enrollment_leavesalone l JOIN enrollment_agreement a ON a.id = l.agreement_id
           WHERE a.in_force_at IS NOT NULL AND l.starts_on <= %(until)s AND (l.ends_on IS NULL OR l.ends_on >= %(until)s))),
       count(*) FILTER (WHERE first), count(*) FILTER (WHERE first AND takes)
FROM (SELECT *, student_id IN (
          SELECT m.student_id FROM school_specialgroupmembership m JOIN school_specialgroup g ON g.id = m.group_id
          WHERE g.has_priority) AS first FROM child) people
JOIN school_schoolclass c ON c.id = school_class_id GROUP BY c.id"""
)

WEEKDAYS = (
    PEOPLE
    + """
SELECT weekday, count(DISTINCT student_id) FROM (SELECT unnest(weekdays) AS weekday, student_id FROM part) days
WHERE student_id IN (SELECT student_id FROM roll) GROUP BY 1"""
)

CLUB_DAYS = (
    PEOPLE
    + """
SELECT s.weekday, count(DISTINCT m.student_id) FROM member m JOIN clubs_clubslot s ON s.club_id = m.club_id
WHERE m.student_id IN (SELECT student_id FROM roll) GROUP BY 1"""
)

GROUPS = (
    PEOPLE
    + """
SELECT g.name, count(DISTINCT p.student_id) FROM place p JOIN enrollment_caregroup g ON g.id = p.group_id GROUP BY g.id"""
)

# Clubs that met with children, by their meetings; and clubs that run.
RUNNING = (
    PEOPLE
    + """,
met AS MATERIALIZED (
    SELECT m.club_id, m.instructor_id, m.assistant_id FROM clubs_meeting m JOIN clubs_club c ON c.id = m.club_id
    WHERE c.term_id = %(term)s AND NOT m.cancelled AND m.day <= %(until)s AND (m.group_id IS NOT NULL OR EXISTS (
        SELECT 1 FROM clubs_membership b WHERE b.club_id = m.club_id AND b.starts_on <= m.day
          AND (b.ends_on IS NULL OR b.ends_on >= m.day)))),
running AS MATERIALIZED (
    SELECT club_id FROM met UNION
    SELECT c.id FROM clubs_club c WHERE c.term_id = %(term)s AND c.status = 'published'
      AND (EXISTS (SELECT 1 FROM member m WHERE m.club_id = c.id) OR NOT EXISTS (
          SELECT 1 FROM clubs_meeting m WHERE m.club_id = c.id AND m.day <= %(until)s AND NOT m.cancelled)))
"""
)

CLUBS = (
    RUNNING
    + """
SELECT c.name, c.category, CASE WHEN c.status = 'published' OR c.members > 0 THEN c.capacity ELSE 0 END, c.members, t.name,
       r.name, string_agg(s.weekday || ' ' || d.name, ', ')
FROM (SELECT c.*, count(m.student_id) AS members FROM clubs_club c LEFT JOIN member m ON m.club_id = c.id
      WHERE c.term_id = %(term)s GROUP BY c.id) c
JOIN school_staff t ON t.id = c.instructor_id JOIN school_room r ON r.id = c.room_id
LEFT JOIN clubs_clubslot s ON s.club_id = c.id LEFT JOIN school_period d ON d.id = s.period_id
WHERE c.id IN (SELECT club_id FROM running)
GROUP BY c.id, c.name, c.category, c.status, c.capacity, c.members, t.name, r.name"""
)

IDLE_CLUBS = (
    RUNNING
    + """
SELECT count(*) FROM clubs_club WHERE term_id = %(term)s AND status = 'published' AND id NOT IN (SELECT club_id FROM running)"""
)

AGREEMENTS = (
    PEOPLE
    + """
SELECT a.kind, count(*) FROM part p JOIN enrollment_agreement a ON a.application_id = p.application_id
WHERE a.in_force_at < %(night)s AND (a.withdrawn_at IS NULL OR a.withdrawn_at >= %(night)s) GROUP BY 1
UNION ALL SELECT 'whole', count(*) FROM part"""
)

ROLLS = """
SELECT date_trunc('week', s.day), m.school_class_id, count(*),
       count(*) FILTER (WHERE r.status = 'present'), count(*) FILTER (WHERE r.status = 'absent'),
       count(*) FILTER (WHERE r.status = 'leave'), count(*) FILTER (WHERE r.status = 'left'),
       count(*) FILTER (WHERE r.late_entry)
FROM safety_rollcall r JOIN safety_session s ON s.id = r.session_id
LEFT JOIN school_classmembership m ON m.student_id = r.student_id
    AND m.starts_on <= s.day AND (m.ends_on IS NULL OR m.ends_on >= s.day)
WHERE s.day BETWEEN %(first)s AND %(until)s AND r.expected GROUP BY 1, 2"""

RELEASES = """
SELECT count(*), count(*) FILTER (WHERE how = 'collected'), count(*) FILTER (WHERE how = 'proxy'),
       count(*) FILTER (WHERE how = 'alone'),
       count(*) FILTER (WHERE (at AT TIME ZONE 'Asia/Shanghai')::date = day
           AND date_trunc('minute', at) > (day + CASE WHEN day BETWEEN %(winter_from)s AND %(winter_until)s
           THEN %(winter)s::time ELSE %(summer)s::time END) AT TIME ZONE 'Asia/Shanghai')
FROM safety_release l WHERE day BETWEEN %(first)s AND %(until)s AND EXISTS (
    SELECT 1 FROM safety_rollcall r JOIN safety_session s ON s.id = r.session_id
    WHERE s.day = l.day AND r.student_id = l.student_id AND r.status = 'present')"""

SEASON_ENDS = """
SELECT season, max(ends_at) + make_interval(mins => (SELECT late_after_minutes::int FROM school_schoolsettings))
FROM school_periodtime GROUP BY 1"""

DAYS = """
SELECT count(*), count(*) FILTER (WHERE held), count(*) FILTER (WHERE held AND closed), count(*) FILTER (WHERE held AND in_time)
FROM (SELECT d.day, EXISTS (SELECT 1 FROM safety_session s WHERE s.day = d.day) AS held,
             EXISTS (SELECT 1 FROM safety_dayclose c WHERE c.day = d.day AND c.kind = 'closed' AND NOT EXISTS (
                 SELECT 1 FROM safety_dayclose l WHERE l.day = c.day AND l.id > c.id)) AS closed,
             EXISTS (SELECT 1 FROM safety_dayclose c WHERE c.day = d.day AND c.kind = 'closed'
                     AND (c.at AT TIME ZONE 'Asia/Shanghai')::date = d.day) AS in_time
      FROM school_schoolday d WHERE d.follows_weekday IS NOT NULL AND d.day BETWEEN %(first)s AND %(over)s
        AND EXISTS (SELECT 1 FROM enrollment_serviceoption o
                    WHERE d.day BETWEEN o.starts_on AND o.ends_on AND o.service IN ('', 'care'))) days"""

DAYS_POSTED = """
SELECT count(*) FROM school_schoolday d WHERE d.follows_weekday IS NOT NULL AND d.day BETWEEN %(first)s AND %(over)s
  AND d.day >= (SELECT min(day) FROM homework_classsheet WHERE status = 'published')"""

SESSIONS = """
SELECT count(*), count(roll_taken_at) FROM safety_session WHERE day BETWEEN %(first)s AND %(over)s"""

SHEETS = """
SELECT s.school_class_id, count(*) FILTER (WHERE s.status = 'published'),
       coalesce(sum(s.minutes) FILTER (WHERE s.status = 'published'), 0),
       max(s.minutes) FILTER (WHERE s.status = 'published'), max(s.cap), count(*) FILTER (WHERE s.minutes > s.cap),
       count(*) FILTER (WHERE s.released > s.counted),
       count(*) FILTER (WHERE s.cap > 0 AND s.minutes <= s.cap AND s.minutes >= s.cap * %(near)s / 100.0)
FROM homework_classsheet s JOIN school_schoolday d ON d.day = s.day AND d.follows_weekday IS NOT NULL
WHERE s.day BETWEEN %(first)s AND %(over)s GROUP BY 1"""

ITEMS = """
SELECT i.kind, count(*), sum(i.minutes) FROM homework_homeworkitem i JOIN homework_classsheet s ON s.id = i.sheet_id
JOIN school_schoolday d ON d.day = s.day AND d.follows_weekday IS NOT NULL
WHERE s.status = 'published' AND s.day BETWEEN %(first)s AND %(over)s GROUP BY 1"""

WARNED = """
SELECT w.rule_key, count(DISTINCT w.item_id) FROM homework_itemwarning w JOIN homework_classsheet s ON s.id = w.sheet_id
WHERE w.item_id IS NOT NULL AND s.day BETWEEN %(first)s AND %(over)s GROUP BY 1"""

AROUND = """
SELECT (SELECT coalesce(sum(percent), 0) FROM homework_finishedatschool WHERE day BETWEEN %(first)s AND %(over)s),
       (SELECT count(*) FROM homework_finishedatschool WHERE day BETWEEN %(first)s AND %(over)s),
       m.in_time, m.due,
       (SELECT count(*) FROM homework_spotcheckclass c JOIN homework_spotcheck p ON p.id = c.spot_check_id
        WHERE c.result <> 'open' AND p.day BETWEEN %(first)s AND %(until)s),
       (SELECT count(*) FROM homework_rectification WHERE day BETWEEN %(first)s AND %(until)s)
FROM (SELECT count(*) FILTER (WHERE k.marked_on <= k.due_on) AS in_time, count(*) AS due
      FROM homework_marking k JOIN homework_homeworkitem i ON i.id = k.item_id JOIN homework_classsheet s ON s.id = i.sheet_id
      WHERE s.day >= %(first)s AND k.due_on <= %(over)s) m"""

STAFF = (
    RUNNING
    + """,
leads AS (SELECT instructor_id, assistant_id FROM clubs_club WHERE status = 'published' AND id IN (SELECT club_id FROM running)
          AND id NOT IN (SELECT club_id FROM met)
          UNION ALL SELECT instructor_id, assistant_id FROM met),
     tasks AS (SELECT instructor_id AS id FROM leads UNION SELECT assistant_id FROM leads WHERE assistant_id IS NOT NULL
               UNION SELECT staff_id FROM enrollment_careduty WHERE term_id = %(term)s AND starts_on <= %(until)s)
SELECT count(*) FILTER (WHERE kind = 'employee'), count(*) FILTER (WHERE kind = 'employee' AND has_task),
       count(*) FILTER (WHERE kind <> 'employee' AND works),
       count(*) FILTER (WHERE kind <> 'employee' AND works AND papers < 2)
FROM (SELECT s.kind, s.id IN (SELECT id FROM tasks) AS has_task, s.id IN (
          SELECT id FROM tasks UNION SELECT staff_id FROM safety_session WHERE day BETWEEN %(first)s AND %(until)s) AS works,
      (SELECT count(DISTINCT p.kind) FROM school_credential p WHERE p.staff_id = s.id
           AND p.kind IN ('qualification', 'record_check') AND p.starts_on <= %(until)s
           AND (p.ends_on IS NULL OR p.ends_on >= %(until)s)) AS papers
      FROM school_staff s WHERE s.left_on IS NULL OR s.left_on >= %(until)s) people"""
)

GAPS = (
    PEOPLE
    + """
SELECT count(*), count(*) FILTER (WHERE (SELECT count(*) FROM enrollment_careduty d WHERE d.term_id = %(term)s
           AND d.group_id = w.group_id AND d.weekday = w.weekday AND d.period_id = w.period_id
           AND d.starts_on <= %(until)s AND (d.ends_on IS NULL OR d.ends_on >= %(until)s))
           < (SELECT adults_at_once FROM school_schoolsettings))
FROM (SELECT DISTINCT p.group_id, unnest(o.weekdays) AS weekday, x.period_id
      FROM (SELECT DISTINCT group_id, option_id FROM place) p JOIN enrollment_serviceoption o ON o.id = p.option_id
      JOIN enrollment_serviceoption_periods x ON x.serviceoption_id = o.id) w"""
)

APPLICATIONS = """
SELECT a.status, count(*) FROM enrollment_application a JOIN enrollment_serviceoption o ON o.id = a.option_id
WHERE o.term_id = %(term)s AND o.service IN ('', 'care') AND a.submitted_at < %(night)s GROUP BY 1"""

ENDED = """
SELECT count(*) FROM enrollment_enrolment e JOIN enrollment_serviceoption o ON o.id = e.option_id
WHERE o.term_id = %(term)s AND o.service IN ('', 'care') AND e.ends_on BETWEEN %(first)s AND %(until)s
  AND e.ends_on < o.ends_on"""

RULES = """
SELECT measure, value, warn_percent FROM school_policyrule WHERE enabled AND measure IN ('class_share', 'written_minutes')
  AND starts_on <= %(until)s AND (ends_on IS NULL OR ends_on >= %(until)s) ORDER BY layer"""


def arguments(scope: Scope) -> dict[str, Any]:
    term = scope.term
    never = dt.date(1900, 1, 1)
    names: dict[str, Any] = {
        "term": term.pk,
        "first": scope.first,
        "until": scope.until,
        "over": scope.over,
        "night": f"{scope.until + dt.timedelta(days=1)} 00:00+08",
        "winter_from": term.winter_from or never,
        "winter_until": term.winter_until or (dt.date.max if term.winter_from else never),
    }
    near = [percent for _measure, _value, percent in ask(RULES, names) if percent]
    return names | {"near": near[-1]} | dict(ask(SEASON_ENDS, names))


def ask(query: str, names: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, names)
        return list(cursor.fetchall())


def sql_values(scope: Scope) -> dict[str, Any]:
    """Figure → its value, or (numerator, denominator)."""
    names = arguments(scope)
    classes = ask(CLASSES, names)
    pupils, taking, in_clubs, no_group, no_collector, first_groups, first_taking = (
        sum(row[column] for row in classes) for column in range(2, 9)
    )
    weekdays, _club_days = dict(ask(WEEKDAYS, names)), dict(ask(CLUB_DAYS, names))
    groups = ask(GROUPS, names)
    clubs = ask(CLUBS, names)
    agreements = dict(ask(AGREEMENTS, names))
    participations = agreements["whole"]
    rolls = [sum(row[column] for row in ask_once) for ask_once in (ask(ROLLS, names),) for column in range(2, 8)]
    expected, present, absent, leave, left, late = rolls
    released, _collected, _proxy, _alone, late_pickups = ask(RELEASES, names)[0]
    teaching, served, closed, closed_in_time = ask(DAYS, names)[0]
    sessions, taken = ask(SESSIONS, names)[0]
    sheets = ask(SHEETS, names)
    published, minutes = sum(row[1] for row in sheets), sum(row[2] for row in sheets)
    items, warned = ask(ITEMS, names), dict(ask(WARNED, names))
    shares, class_days, in_time, to_mark, checked, notices = ask(AROUND, names)[0]
    owed = ask(DAYS_POSTED, names)[0][0] * len(classes)
    staff, at_work, outside, no_papers = ask(STAFF, names)[0]
    duties, gaps = ask(GAPS, names)[0]
    applications = ask(APPLICATIONS, names)
    return {
        "on_roll": pupils,
        "taking_part": taking,
        "participation_rate": (taking, pupils),
        "not_taking_part": pupils - taking,
        "weekdays": max(weekdays.values(), default=0),
        "in_clubs": (in_clubs, taking),
        "care_only": (taking - in_clubs, taking),
        "priority": (first_taking, first_groups),
        "applications": sum(row[1] for row in applications),
        "ended": ask(ENDED, names)[0][0],
        "agreements": (agreements.get("service", 0), participations),
        "undertakings": (agreements.get("pick_up", 0), participations),
        "privacy": (agreements.get("privacy", 0), participations),
        "without_agreement": participations - agreements.get("service", 0),
        "clubs": len(clubs),
        "clubs_idle": ask(IDLE_CLUBS, names)[0][0],
        "club_members": (sum(row[3] for row in clubs), sum(row[2] for row in clubs)),
        "attendance_rate": (present, expected),
        "absent": (absent, expected),
        "leave": (leave, expected),
        "left": (left, expected),
        "late_entries": (late, expected),
        "releases": released,
        "late_pickups": (late_pickups, released),
        "service_days": (served, teaching),
        "days_closed": (closed_in_time, served),
        "days_open": served - closed,
        "sessions": (taken, sessions),
        "rolls_missing": (sessions - taken, sessions),
        "sheets_published": (published, owed),
        "sheets_unpublished": (owed - published, owed),
        "written_minutes": (minutes, published),
        "sheets_over": sum(row[5] for row in sheets),
        "sheets_released": sum(row[6] for row in sheets),
        "sheets_near": sum(row[7] for row in sheets),
        **{key: warned.get(rule, 0) for rule, (key, _label) in AGAINST.items()},
        "homework_items": sum(row[1] for row in items),
        "finished_at_school": (shares, class_days),
        "marked_in_time": (in_time, to_mark),
        "spot_checks": checked,
        "rectifications": notices,
        "staff": staff,
        "staff_rate": (at_work, staff),
        "outside_staff": outside,
        "papers_missing": no_papers,
        "care_groups": len(groups),
        "group_size": (sum(row[1] for row in groups), len(groups)),
        "without_group": no_group,
        "without_collector": no_collector,
        "duty_gaps": (gaps, duties),
    }


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    term = Term.objects.earliest("starts_on")
    last_day = min(term.ends_on, dt.date.today())
    ours: list[float] = []
    by_hand: list[float] = []
    # In turns, and the best of each: whatever else the machine does falls on both alike.
    for _ in range(ROUNDS):
        by_hand.append(seconds(lambda: sql_values(Scope(term, last_day))))
        ours.append(seconds(lambda: collect(term, last_day)))
    yield "figures.ratio", min(ours) / min(by_hand), "<=", 1.5
