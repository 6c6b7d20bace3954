"""Spot checks by lot, class monitors' entries, parents' reports."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import (
    ClassCode,
    HomeworkSettings,
    MonitorEntry,
    ParentReport,
    SpotCheck,
    SpotCheckClass,
)
from school.models import SchoolClass, SchoolDay, Subject, User
from school.models.calendar import school_year_of
from school.models.places import MAX_GRADE

Result = SpotCheckClass.Result


# --- by lot ------------------------------------------------------------------------------------------------------


def draw(seed: str, candidates: Sequence[tuple[int, int]], *, classes: int, grades: int) -> tuple[list[int], list[int]]:
    """(grades, classes) that a seed gives: the smallest lots of all grades, then the smallest of their classes.

    `candidates` are (class, grade) pairs. Every grade has the same chance, and within the drawn grades every class; each
    drawn grade gives a class before one gives a second. Anybody can work it out again.
    """
    drawn_grades = sorted({grade for _pk, grade in candidates}, key=lambda g: SpotCheck.lot(seed, f"grade {g}"))[
        :grades
    ]
    by_grade = {
        grade: sorted((pk for pk, own in candidates if own == grade), key=lambda pk: SpotCheck.lot(seed, f"class {pk}"))
        for grade in drawn_grades
    }
    found: list[int] = []
    for place in range(max(map(len, by_grade.values()), default=0)):
        found += [rows[place] for rows in by_grade.values() if place < len(rows)]
    return drawn_grades, found[:classes]


@transaction.atomic
def draw_spot_check(*, day: dt.date, seed: str = "") -> SpotCheck | None:
    """The day's draw, made once; None if the school draws none or the day has no lessons. A second call changes nothing."""
    settings = HomeworkSettings.load()
    done = SpotCheck.objects.filter(day=day).first()
    if done or not settings.spot_checks or not SchoolDay.objects.teaching().filter(day=day).exists():
        return done
    year = school_year_of(day)
    classes = SchoolClass.objects.in_year(year).order_by("-entry_year", "number")
    candidates = [(c.pk, c.grade(day)) for c in classes if 1 <= c.grade(day) <= MAX_GRADE]
    seed = seed or secrets.token_hex(16)
    grades, drawn = draw(seed, candidates, classes=settings.spot_classes, grades=settings.spot_grades)
    check, made = SpotCheck.objects.get_or_create(
        day=day,
        defaults={"seed": seed, "grades": grades, "count": len(drawn), "candidates": [list(one) for one in candidates]},
    )
    if made:
        SpotCheckClass.objects.bulk_create(SpotCheckClass(spot_check=check, school_class_id=pk) for pk in drawn)
    return check


def drawn_again(check: SpotCheck) -> list[int]:
    """The classes that the stored seed gives out of the stored candidates: what the page shows as «checked»."""
    candidates = [(pk, grade) for pk, grade in check.candidates]
    return draw(check.seed, candidates, classes=check.count, grades=len(check.grades))[1]


@transaction.atomic
def enter_spot_result(
    *, row: SpotCheckClass, result: str, asked: int, minutes: int | None, text: str, by: User
) -> SpotCheckClass:
    """The result of the calls to families. A second entry replaces the first; both are in the row's history."""
    if result == Result.OPEN:
        raise ValidationError(_("Say what the families said."))
    row = SpotCheckClass.objects.select_for_update(of=["self"]).get(pk=row.pk)
    row.result, row.asked, row.minutes, row.note = result, asked, minutes, text.strip()
    row.by, row.at = by, timezone.now()
    row.full_clean()
    row.save()
    return row


# --- class monitors and parents ----------------------------------------------------------------------------------


@transaction.atomic
def renew_code(*, school_class: SchoolClass, by: User) -> ClassCode:
    """Issues a new address for the class's form; the old one stops working."""
    SchoolClass.objects.select_for_update(no_key=True).get(pk=school_class.pk)
    ClassCode.objects.filter(school_class=school_class, revoked_at__isnull=True).update(revoked_at=timezone.now())
    return ClassCode.objects.create(school_class=school_class, code=secrets.token_urlsafe(9), made_by=by)


@transaction.atomic
def enter_monitor(*, code: ClassCode, day: dt.date, lines: Sequence[tuple[Subject, str, int]]) -> list[MonitorEntry]:
    """The class monitor's entries of today: (subject, content, minutes). Entering again replaces the day."""
    code = ClassCode.objects.select_for_update(of=["self"]).get(pk=code.pk)
    if not HomeworkSettings.load().monitor_form or code.revoked_at:
        raise ValidationError(_("This form is closed."))
    if day != timezone.localdate():
        raise ValidationError(_("Only today's homework can be entered."))
    rows = [
        MonitorEntry(school_class_id=code.school_class_id, day=day, subject=subject, content=content, minutes=minutes)
        for subject, content, minutes in lines
    ]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
    MonitorEntry.objects.filter(school_class=code.school_class_id, day=day).delete()
    return MonitorEntry.objects.bulk_create(rows)


@transaction.atomic
def report_homework(
    *, school_class: SchoolClass, day: dt.date, subject: Subject, content: str, minutes: int, source: str
) -> ParentReport:
    """A parent's report, without a name. It counts once the office has read it."""
    if not HomeworkSettings.load().parent_form:
        raise ValidationError(_("This form is closed."))
    today = timezone.localdate()
    if not today - dt.timedelta(days=7) <= day <= today:
        raise ValidationError(_("Report homework of the last seven days."))
    report = ParentReport(
        school_class=school_class, day=day, subject=subject, content=content.strip(), minutes=minutes, source=source
    )
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def read_report(*, report: ParentReport, counts_on: bool, by: User) -> ParentReport:
    report = ParentReport.objects.select_for_update(of=["self"]).get(pk=report.pk)
    report.state = ParentReport.State.CONFIRMED if counts_on else ParentReport.State.ASIDE
    report.read_by, report.read_at = by, timezone.now()
    report.save()
    return report
