"""The afternoon in progress that the demonstration shows: a school day up to a moment between its two periods.

Everything is done by the application's own services, each at the moment at which somebody would have done it.
"""

import datetime as dt
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from chinese_calendar import is_workday
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef
from django.utils import timezone

from clubs.services.mornings import begin_day
from enrollment.models import Application, Receipt, ReviewStep, ServiceOption
from enrollment.services import decide_application, submit_application
from enrollment.services.applying import Choices, CollectorEntry
from enrollment.services.signing import Signing
from homework.demo import write_items
from homework.models import ClassSheet
from homework.services import enter_sheet, pass_sheet
from reports.demo.families import drawings
from safety.exits import exits_of
from safety.models import Custody, DayClose, RollCall, Session, SubstitutionAsk
from safety.rolls import children_by_session, expected_students, roll_of
from safety.services import (
    answer_ask,
    ask_leave,
    call_rest,
    call_roll,
    close_day,
    plan_day,
    release_child,
    release_line,
    report_absence,
)
from school.models import Guardianship, Period, Post, SchoolClass, SchoolDay, Student, Term, User
from school.models.calendar import school_year_of
from web.playing import Clock, moment

# The demonstration's calendar is that of one autumn: from the day after its first month is over, and so long before the end of
# the published calendar that some afternoons can follow.
EARLIEST, LATEST = dt.date(2026, 10, 8), dt.date(2026, 12, 18)
# It begins so long before the second period, when the clubs' children have walked over.
BEFORE_SECOND = dt.timedelta(minutes=2)
# A start so long after the second period began plays the next day.
PLAYED_OUT = dt.timedelta(minutes=70)
MISSING = 2
ON_LEAVE = 12
APPLICATIONS = 5
REVIEWED_BY_CLASS = 2
# Of today's sheets so many wait for the office, and so many are still being gathered.
TO_REVIEW, GATHERED = 4, 2
REASONS = ("发热，在家休息", "看牙", "家中有事", "腹痛", "感冒")


def day_to_play(today: dt.date) -> dt.date:
    """Today where it is a school day of the demonstration's calendar, else the school day before; in any year."""
    day = min(max(today, EARLIEST), LATEST)
    while day > EARLIEST and (day.isoweekday() > 5 or not is_workday(day)):
        day -= dt.timedelta(days=1)
    return day


def go_on(clock: Clock | None) -> Clock:
    """The clock of a start: the afternoon that is being played goes on; one that is played out, or that somebody has closed,
    ends, and the next day with lessons is played. Where the calendar ends the last afternoon stays.
    """
    if clock is None:
        last = DayClose.objects.order_by("-day").values_list("day", flat=True)[0]
        day = next_day(last)
        return play(day) if day else Clock(second_begins(last), time.time())
    shown = timezone.localdate(clock.moment)
    following = next_day(shown)
    in_progress = clock.now() < played_out(clock) and not DayClose.objects.of(shown)
    if in_progress or following is None:
        return clock
    end(shown)
    return play(following)


def next_day(day: dt.date) -> dt.date | None:
    later = SchoolDay.objects.teaching().filter(day__gt=day).order_by("day")
    return later.values_list("day", flat=True).first()


def played_out(clock: Clock) -> dt.datetime:
    """When an afternoon is so far gone that the next start shows another one."""
    return second_begins(timezone.localdate(clock.moment)) + PLAYED_OUT


def times_on(day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """When each period of the day begins and ends, by the timetable of most grades."""
    term = Term.objects.current(day)
    times = [period.times_on(day, term) for period in Period.objects.with_times()]
    return [(on(day, at.starts_at), on(day, at.ends_at)) for at in times if at]


def on(day: dt.date, at: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, at))


def second_begins(day: dt.date) -> dt.datetime:
    return times_on(day)[1][0]


def at_moment(of: dt.datetime) -> AbstractContextManager[None]:
    local = timezone.localtime(of)
    return moment(local.date(), local.hour, local.minute)


@transaction.atomic
def play(day: dt.date) -> Clock:
    """The day up to its moment; gives the clock that goes on from there."""
    rng = random.Random(f"{day}")  # noqa: S311  # the same afternoon every time
    (begins, ends), (second, _end) = times_on(day)[:2]
    office = holder("service_office")
    with moment(day, 7):
        begin_day(day)
        plan_day(day=day)
    with moment(day, 7, 40):
        ask_for_leave(day, rng)
    with moment(day, 8, 30):
        apply_for_places(rng)
    with moment(day, 9, 40):
        find_substitute(day, office)
    with moment(day, 10, 20):
        review_some(office)
    with moment(day, 14):
        enter_sheets(day, rng)
    with moment(day, 15):
        put_up_sheets(day)
    with at_moment(begins + dt.timedelta(minutes=6)):
        call_first_rolls(day, begins, rng)
    with at_moment(ends + dt.timedelta(minutes=5)):
        send_home_early(day, ends, rng)
        leave_without_adult(day, office)
    shown = second - BEFORE_SECOND
    with at_moment(shown - dt.timedelta(minutes=1)):
        call_clubs(day)
    return Clock(shown, time.time())


def holder(role: str) -> User:
    return User.objects.filter(staff__posts__role=role, staff__posts__ends_on=None).order_by("pk")[0]


def sessions(day: dt.date, number: int) -> list[Session]:
    rows = Session.objects.on(day).filter(period__number=number).order_by("pk")
    return list(rows.select_related("period", "care_group", "meeting__club", "staff__user"))


# --- the morning -----------------------------------------------------------------------------------------------------


def ask_for_leave(day: dt.date, rng: random.Random) -> None:
    """Families write that their child stays at home."""
    children = {pk for session in sessions(day, 1) for pk in expected_students(session)}
    adults = first_adults(sorted(children))
    for pk in rng.sample(sorted(adults), min(ON_LEAVE, len(adults) // 12)):
        user = adults[pk].guardian.user
        assert user is not None  # noqa: S101 - first_adults() asks for it
        ask_leave(student=adults[pk].student, day=day, reason=rng.choice(REASONS), by=user)


def first_adults(children: Iterable[int]) -> dict[int, Guardianship]:
    """Child → its first guardian who can sign in."""
    rows = Guardianship.objects.filter(student__in=children, barred=False, guardian__user__isnull=False)
    rows = rows.select_related("guardian__user", "student").order_by("-order", "-pk")
    return {row.student_id: row for row in rows}


def apply_for_places(rng: random.Random) -> None:
    """Families that have not said no apply now; what was applied for before and waits is left waiting."""
    option = ServiceOption.objects.filter(fee_mode=ServiceOption.FeeMode.DAY).order_by("pk")[0]
    waiting = (
        Application.objects.filter(option=option, status__in=Application.OPEN)
        .exclude(status=Application.Status.APPROVED)
        .count()
    )
    declined = Receipt.objects.filter(student=OuterRef("pk"), answer=Receipt.Answer.DECLINE)
    applied = Application.objects.filter(student=OuterRef("pk"))
    free = Student.objects.on_roll(timezone.localdate()).filter(~Exists(applied), ~Exists(declined)).order_by("pk")
    adults = first_adults(free.values_list("pk", flat=True))
    names = drawings(rng)
    for pk in rng.sample(sorted(adults), min(max(0, APPLICATIONS - waiting), len(adults))):
        row = adults[pk]
        adult = row.guardian
        assert adult.user is not None  # noqa: S101 - first_adults() asks for it
        choices = Choices(
            weekdays=[1, 2, 3, 4, 5],
            starts_on=next_day(timezone.localdate()) or timezone.localdate(),
            collectors=[CollectorEntry(adult.name, row.relation, adult.phone, adult)],
            note="工作有变动，放学后无人照看",
        )
        signing = Signing(name=adult.name, image=rng.choice(names), device="Mobile")
        submit_application(option=option, student=row.student, choices=choices, signing=signing, by=adult.user)


def review_some(office: User) -> None:
    """The homeroom teachers have looked at the first; these wait for the office."""
    rows = Application.objects.filter(status=Application.Status.SUBMITTED).select_related("student").order_by("pk")
    reviewed = Application.objects.filter(status=Application.Status.REVIEWED).count()
    for application in rows[: max(0, REVIEWED_BY_CLASS - reviewed)]:
        school_class = application.student.class_on(timezone.localdate())
        post = Post.objects.filter(role="homeroom_teacher", school_class=school_class).select_related("staff__user")
        decide_application(
            application=application, decision=ReviewStep.Decision.APPROVE, by=post[0].staff.user or office
        )


def find_substitute(day: dt.date, office: User) -> None:
    """Somebody is away for the first period, and a colleague who was asked has agreed."""
    person = next(iter(unled(day, 1)), None)
    if person is None:
        return
    absence = report_absence(staff=person.staff, day=day, reason="外出教研", by=office, sessions={person.pk})
    for ask in SubstitutionAsk.objects.open().filter(substitution__absence=absence).select_related("staff__user"):
        answer_ask(ask=ask, accept=True, by=ask.staff.user or office)


def leave_without_adult(day: dt.date, office: User) -> None:
    """Somebody has to leave before the second period: from three on the office assigns, and has not done so yet."""
    for session in reversed(unled(day, 2)):
        report_absence(staff=session.staff, day=day, reason="孩子发热，需接回", by=office, sessions={session.pk})
        return


def unled(day: dt.date, number: int) -> list[Session]:
    """Sessions of groups whose adult has this one alone, so that nothing else depends on the person."""
    once = (
        Session.objects.on(day)
        .order_by()
        .values("staff")
        .annotate(n=Count("pk"))
        .filter(n=1)
        .values_list("staff", flat=True)
    )
    rows = [session for session in sessions(day, number) if session.care_group_id]
    return [session for session in rows if session.staff_id in set(once)] or rows


# --- homework --------------------------------------------------------------------------------------------------------


def todays_classes(day: dt.date) -> list[tuple[SchoolClass, User]]:
    """Each class with its homeroom teacher."""
    posts = Post.objects.filter(role="homeroom_teacher", ends_on=None).select_related("staff__user", "school_class")
    rows = posts.filter(school_class__in=SchoolClass.objects.in_year(school_year_of(day))).order_by("school_class")
    return [(post.school_class, post.staff.user) for post in rows if post.school_class and post.staff.user]


def enter_sheets(day: dt.date, rng: random.Random) -> None:
    for school_class, homeroom in todays_classes(day):
        if items := write_items(school_class, day, rng):
            enter_sheet(school_class=school_class, day=day, items=items, by=homeroom, confirmed=True)


def put_up_sheets(day: dt.date) -> None:
    """The last classes' sheets are being gathered, those before wait for the office's review, all others are on the board."""
    academic = holder("academic_office")
    sheets = {sheet.school_class_id: sheet for sheet in ClassSheet.objects.on(day)}
    rows = [(sheets[one.pk], homeroom) for one, homeroom in todays_classes(day) if one.pk in sheets]
    ready = rows[: len(rows) - GATHERED]
    for n, (sheet, homeroom) in enumerate(ready):
        passed = pass_sheet(sheet=sheet, by=homeroom)
        if n < len(ready) - TO_REVIEW:
            pass_sheet(sheet=passed, by=academic)


# --- the afternoon ---------------------------------------------------------------------------------------------------


def call_first_rolls(day: dt.date, begins: dt.datetime, rng: random.Random) -> None:
    """All rolls of the first period; two children of two groups are missing."""
    groups = [session for session in sessions(day, 1) if expected_students(session)]
    lost = who_is_missing(day, groups, rng)
    for session in groups:
        at = begins + dt.timedelta(minutes=rng.randrange(1, 6))
        marks = {entry.student.pk: entry.by_default for entry in roll_of(session)}
        marks |= dict.fromkeys(lost & marks.keys(), RollCall.Status.ABSENT)
        call_roll(session=session, marks={pk: mark for pk, mark in marks.items() if mark}, by=adult_of(session), at=at)


def who_is_missing(day: dt.date, groups: list[Session], rng: random.Random) -> set[int]:
    """Children who stay in their groups all afternoon, one of a group."""
    stays = {pk for session in sessions(day, 2) if session.care_group_id for pk in expected_students(session)}
    found: set[int] = set()
    for session in rng.sample(groups, len(groups)):
        there = [entry.student.pk for entry in roll_of(session) if not entry.on_leave and entry.student.pk in stays]
        if there and len(found) < MISSING:
            found.add(rng.choice(there))
    return found


def adult_of(session: Session) -> User:
    user = session.staff.user
    assert user is not None  # noqa: S101 - everybody of the demonstration can sign in
    return user


def send_home_early(day: dt.date, ends: dt.datetime, rng: random.Random) -> None:
    """Who goes home after the first period has been collected, but for one: its adult has not come."""
    early = [
        (leaving, session)
        for session in sessions(day, 1)
        for leaving in exits_of(session)
        if leaving.leaves_early and leaving.collector
    ]
    for leaving, session in early[1:]:
        at = ends + dt.timedelta(minutes=rng.randrange(1, 5))
        release_child(
            student=leaving.student,
            day=day,
            collector=leaving.collector,
            from_care_of=session.staff,
            by=adult_of(session),
            at=at,
        )


def call_clubs(day: dt.date) -> None:
    """Clubs' children have walked over and are called, until half of the day's rolls are; of one club a child is on the way."""
    places = children_by_session(day)
    clubs = [session for session in sessions(day, 2) if session.meeting_id and session.pk in places]
    called = Session.objects.filter(pk__in=places, roll_taken_at__isnull=False).count()
    for session in clubs[:1]:
        marks = {entry.student.pk: str(entry.by_default) for entry in roll_of(session) if entry.by_default}
        here = [pk for pk, mark in marks.items() if mark == RollCall.Status.PRESENT]
        call_roll(
            session=session, marks={pk: mark for pk, mark in marks.items() if pk != here[-1]}, by=adult_of(session)
        )
    for session in clubs[1 : 1 + max(0, len(places) // 2 - called)]:
        call_rest(session=session, by=adult_of(session))


# --- the end ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def end(day: dt.date) -> None:
    """What is left of a day once another one is played: the rolls are called, everybody goes home, the leader closes the day.

    What somebody who tried it has brought about stays; where a service refuses the day stays open, as it would in a school.
    """
    ends = times_on(day)[-1][1]
    with at_moment(max(ends + dt.timedelta(minutes=30), latest(day))):
        rows = list(Session.objects.on(day).select_related("period", "care_group", "meeting__club", "staff__user"))
        for session in rows:
            left = [entry for entry in roll_of(session) if not entry.status]
            marks = {entry.student.pk: entry.by_default or RollCall.Status.ABSENT for entry in left}
            with where_allowed():
                call_roll(session=session, marks=marks, by=adult_of(session))
        for session in rows:
            send_home(day, session)
        with where_allowed():
            close_day(day=day, by=holder("duty_leader"), note="未到的学生已由班主任与家长联系，均在家中。")


def latest(day: dt.date) -> dt.datetime:
    """The last moment at which somebody took over a child."""
    return Custody.objects.filter(day=day).aggregate(last=Max("since"))["last"] or on(day, dt.time(18))


def send_home(day: dt.date, session: Session) -> None:
    by = adult_of(session)
    release_line(session=session, except_for=set(), by=by)
    for leaving in exits_of(session):
        whom = None if leaving.alone else leaving.collector
        with where_allowed():
            release_child(student=leaving.student, day=day, collector=whom, by=by)


@contextmanager
def where_allowed() -> Iterator[None]:
    """What a rule refuses is left undone."""
    try:
        with transaction.atomic():
            yield
    except ValidationError:
        return
