"""Putting the demonstration together: the school in one transaction, its papers afterwards."""

import datetime as dt
import random
from collections.abc import Callable

import pghistory
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.demo.activities import make_activities
from clubs.demo.people import make_people as make_club_people
from clubs.demo.rounds import make_rounds
from clubs.demo.timetable import make_timetable
from enrollment.services import assign_duties, form_groups
from fees.demo import collect_fees
from homework.demo import live_with_homework, print_editions, set_homework
from reports.demo import afternoons, families
from reports.demo.accounts import demo_password
from reports.demo.paperwork import make_paperwork
from reports.demo.people import make_sheets
from reports.demo.today import day_to_play
from reports.services import make_summary, request_summary
from school.importing.run import apply_import, plan_sheets
from school.models import (
    Guardian,
    Room,
    SchoolClass,
    SchoolDay,
    SchoolSettings,
    Staff,
    Student,
    Term,
    User,
)
from surveys.demo import ask_families
from web.caching import forget
from web.playing import moment

SCHOOL = "示范小学"
PHONE = "000-00000100"  # nobody's
TITLE = SCHOOL + "{year}—{next}学年第一学期"
PUPILS = 1237
FIRST_DAY = dt.date(2026, 9, 1)
# The office read the school's workbook in so long before.
IMPORTED = dt.timedelta(days=18)
FIRST_MONTH_END = dt.date(2026, 9, 30)
# The office has said which weekday the make-up workdays of this autumn follow.
MAKE_UP_DAYS = {dt.date(2026, 9, 20): 5, dt.date(2026, 10, 10): 3}


def last_day() -> dt.date:
    """The day before the one whose afternoon is played."""
    return day_to_play(timezone.localdate()) - dt.timedelta(days=1)


# Of what only somebody's own school has: whoever has one of these never gets the demonstration beside it.
OWN: tuple[type[models.Model], ...] = (User, Staff, Guardian, Student, SchoolClass, Room, Term)

# Told how much of the whole is done, from 0 to 1.
Tell = Callable[[float], None]


def quiet(share: float) -> None:
    """For whoever does not wait."""


@transaction.atomic
def build(*, pupils: int, until: dt.date, tell: Tell = quiet) -> None:
    """The school with its term until `until`, without papers. Raises ValidationError when a school is there already."""
    if any(model._default_manager.exists() for model in OWN):
        raise ValidationError(_("There is a school already; the demonstration is for an empty office."))
    rng = random.Random(f"{pupils} pupils")  # noqa: S311  # the same school every time
    with pghistory.context(source="demonstration"):
        with moment(FIRST_DAY - IMPORTED, 9):
            make_people(pupils, rng)
        tell(0.1)
        term = Term.objects.get()
        day = day_after(until)
        office = login_of("课后服务办公室")
        option = families.offer_care(term, office)
        enrolments = families.enrol_families(option, families.who_takes_part(pupils, rng), rng, office)
        with moment(term.starts_on - dt.timedelta(days=1), 14):
            form_groups(term=term, day=term.starts_on, by=office)
            tell(0.25)
            afternoons.assign_teaching(term)
            families.fill_clubs(term, enrolments, rng)
            make_timetable(term, office)
            make_club_people(term, office, day)
            assign_duties(term=term, by=office)
        tell(0.35)
        guardians = {e.student_id: e.application.submitted_by for e in enrolments}
        afternoons.live_through(term, until, rng, login_of("副校长"), guardians)
        make_rounds(term, office, day)
        with moment(until, 19):
            make_activities(term, office, until)
            tell(0.55)
            set_homework(term, until, rng)
            live_with_homework(term, until, login_of("教务主任"))
            tell(0.75)
            ask_families(term, until, office)
        collect_fees(term, until, office)
        with moment(day, 7):
            make_paperwork(term, until, office)
        tell(0.8)  # the deferred triggers look at the whole term when the transaction ends


def day_after(until: dt.date) -> dt.date:
    """The next day with lessons, whose afternoon can be played; the next day where the calendar says nothing."""
    later = SchoolDay.objects.teaching().filter(day__gt=until).order_by("day").values_list("day", flat=True)
    return later.first() or until + dt.timedelta(days=1)


def make_papers(until: dt.date, tell: Tell = quiet) -> None:
    """The last week's editions of the board, and two term summaries: a month's end, and the last day with records."""
    term = Term.objects.get()
    office = login_of("课后服务办公室")
    print_editions(until)
    tell(0.4)
    for day in (min(FIRST_MONTH_END, until), until):
        make_summary(run=request_summary(term=term, until=day, by=office, send=False))
        tell(0.7)
    tell(1)


def make_people(pupils: int, rng: random.Random) -> None:
    title = TITLE.format(year=FIRST_DAY.year, next=FIRST_DAY.year + 1)
    plan = plan_sheets(make_sheets(pupils, title, rng, FIRST_DAY), today=FIRST_DAY)
    if plan.context.refused:
        raise ValidationError([problem.reason for problem in plan.context.refused[:5]])
    apply_import(plan, by=None)
    SchoolSettings.objects.update(name=SCHOOL, office_phone=PHONE, is_demonstration=True)
    forget("settings")
    for day, weekday in MAKE_UP_DAYS.items():
        SchoolDay.objects.filter(day=day, kind=SchoolDay.Kind.MAKE_UP).update(follows_weekday=weekday)
    give_logins()


def login_of(title: str) -> User:
    """The login of the one member of staff with this position."""
    return User.objects.get(staff__title=title)


def give_logins() -> None:
    """Everybody can be tried out: all share one password, hashed once."""
    password = make_password(demo_password())
    staff = list(Staff.objects.filter(user=None))
    guardians = list(Guardian.objects.filter(contact_only=False, user=None))
    adults: list[Staff | Guardian] = [*staff, *guardians]
    users = User.objects.bulk_create(
        User(
            username=adult.number if isinstance(adult, Staff) else adult.phone,
            phone=adult.phone or None,
            name=adult.name,
            password=password,
        )
        for adult in adults
    )
    for adult, user in zip(adults, users, strict=True):
        adult.user = user
    Staff.objects.bulk_update(staff, ["user"], batch_size=500)
    Guardian.objects.bulk_update(guardians, ["user"], batch_size=500)
