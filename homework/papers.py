"""The papers of homework: the board, its editions, record sheets, the load, notices, letters and codes."""

import datetime as dt
from collections import defaultdict
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import AN_HOUR, Filled, Paper
from documents.qr import qr_on_paper
from homework.board import sheets_between, week_of
from homework.models import (
    BoardEdition,
    ClassCode,
    ClassSheet,
    HomeworkItem,
    Rectification,
    ResponsibilityLetter,
    WeekPlan,
    WeekPlanItem,
)
from homework.models.planning import monday_of
from homework.overview import overview
from homework.rulebook import Rulebook
from school.models import ClassMembership, SchoolClass, SchoolDay, SchoolSettings
from school.models.calendar import school_year_of
from school.models.places import grade_name
from web.cleaning import NUMERALS
from web.templatetags.formats import cn_date

Kind = BoardEdition.Kind


# --- the board -------------------------------------------------------------------------------------------------------


def board(first: dt.date, last: dt.date, grade: int | None) -> Filled:
    """A day, or a week of one grade: each grade on a new sheet, class by class; what is not published is named."""
    rows = list(sheets_between(first, last, grade).order_by("-school_class__entry_year", "school_class__number", "day"))
    rules = Rulebook(first)
    by_grade: dict[int, list[ClassSheet]] = defaultdict(list)
    for row in rows:
        by_grade[row.school_class.grade(first)].append(row)
    missing = classes_without_sheet(first, rows) if first == last else {}
    grades = sorted({*by_grade, *missing} & ({grade} if grade else {*by_grade, *missing}))
    context = {
        "first": first,
        "last": last,
        "grades": [(grade_name(n), rules.cap(n), by_grade.get(n, []), "、".join(missing.get(n, []))) for n in grades],
        "source": "、".join(dict.fromkeys(rules.cap(n).source for n in grades)),
    }
    whose = f"-{grade_name(grade)}" if grade else ""
    return f"{_('Homework board')}{whose}-{first}", context


def classes_without_sheet(day: dt.date, rows: list[ClassSheet]) -> dict[int, list[str]]:
    """Grade → classes of which nothing is published on a day with lessons."""
    if not SchoolDay.objects.filter(day=day, kind=SchoolDay.Kind.SCHOOL).exists():
        return {}
    there = {row.school_class_id for row in rows}
    found: dict[int, list[str]] = defaultdict(list)
    top = SchoolSettings.load().top_grade
    for one in SchoolClass.objects.in_year(school_year_of(day), top_grade=top).order_by("-entry_year", "number"):
        if one.pk not in there:
            found[one.grade(day)].append(one.label(day))
    return found


def last_published() -> ClassSheet | None:
    sheets = ClassSheet.objects.published().select_related("school_class")
    return sheets.filter(day__lte=timezone.localdate()).order_by("-day", "-school_class__entry_year").first()


def some_board(site: str) -> tuple[Any, ...] | None:
    sheet = last_published()
    return (sheet.day, sheet.day, None) if sheet else None


def board_class(school_class: SchoolClass, monday: dt.date) -> Filled:
    context = week_of(school_class, monday)
    context["source"] = Rulebook(monday).cap(school_class.grade(monday)).source
    return f"{_('Homework')}-{context['label']}-{monday}", context


def some_class(site: str) -> tuple[Any, ...] | None:
    sheet = last_published()
    return (sheet.school_class, monday_of(sheet.day)) if sheet else None


BOARD = Paper(
    "board",
    gettext_lazy("Homework board of the day"),
    gettext_lazy("hangs in the hall, one sheet a grade"),
    board,
    some_board,
    "homework/pdf/board.html",
)
BOARD_CLASS = Paper(
    "board_class",
    gettext_lazy("Homework of a class in a week"),
    gettext_lazy("hangs in the classroom"),
    board_class,
    some_class,
    "homework/pdf/board_class.html",
    fit="page",
)


# --- editions --------------------------------------------------------------------------------------------------------


def parts_of(kind: str, week: dt.date) -> list[tuple[str, list[Any]]]:
    return planned_by_grade(week) if kind == Kind.MONDAY else set_by_class(week)


def planned_by_grade(week: dt.date) -> list[tuple[str, list[WeekPlanItem]]]:
    """Confirmed plans of the week, by grade, in the order of the days (R072)."""
    items = WeekPlanItem.objects.filter(plan__week=week, plan__state=WeekPlan.State.CONFIRMED)
    rows = items.select_related("plan__subject").order_by("plan__grade", "weekday", "plan__subject__order", "pk")
    parts: dict[int, list[WeekPlanItem]] = defaultdict(list)
    for item in rows:
        parts[item.plan.grade].append(item)
    return [(grade_name(grade), items) for grade, items in parts.items()]


def set_by_class(week: dt.date) -> list[tuple[str, list[HomeworkItem]]]:
    """What published sheets of the week say, class by class (R073)."""
    items = HomeworkItem.objects.filter(
        sheet__day__range=(week, week + dt.timedelta(days=6)), sheet__status=ClassSheet.Status.PUBLISHED
    ).select_related("sheet__school_class", "subject")
    rows = items.order_by(
        "-sheet__school_class__entry_year", "sheet__school_class__number", "sheet__day", "subject__order", "pk"
    )
    parts: dict[str, list[HomeworkItem]] = defaultdict(list)
    for item in rows:
        parts[item.sheet.school_class.label(week)].append(item)
    return list(parts.items())


def edition(kind: str, week: dt.date, parts: list[tuple[str, list[Any]]]) -> Filled:
    context = {"kind": kind, "parts": parts, "week": week, "last": week + dt.timedelta(days=4)}
    return f"{_('Homework of the week')}-{week}", context


def some_edition(site: str) -> tuple[Any, ...] | None:
    sheet = last_published()
    if sheet is None:
        return None
    week = monday_of(sheet.day)
    return Kind.FRIDAY, week, set_by_class(week)


EDITION = Paper(
    "edition",
    gettext_lazy("Homework of the week, planned or set"),
    gettext_lazy("hangs in the hall; stands on the public board too"),
    edition,
    some_edition,
    "homework/pdf/edition.html",
)


# --- record sheets and load ------------------------------------------------------------------------------------------


def record(sheet: ClassSheet) -> Filled:
    """The blank record sheets of a class and day, two to a page."""
    day, label = sheet.day, sheet.school_class.label(sheet.day)
    count = ClassMembership.objects.on(day).filter(school_class=sheet.school_class).count()
    context = {
        "sheet": sheet,
        "label": label,
        "day": day,
        "items": sheet.items.select_related("subject").exclude(place=HomeworkItem.Place.CLASS),
        "copies": range(-(-max(count, 1) // 2)),
    }
    return f"{_('Record sheet')}-{label}-{day}", context


def some_record(site: str) -> tuple[Any, ...] | None:
    sheet = last_published()
    return (sheet,) if sheet else None


RECORD = Paper(
    "record",
    gettext_lazy("Record sheet"),
    gettext_lazy("the child takes it home; the family fills it in"),
    record,
    some_record,
    "homework/pdf/record.html",
)


def load(context: dict[str, Any]) -> Filled:
    return f"{_('Homework load')}-{context['first']}-{context['last']}", context


def some_load(site: str) -> tuple[Any, ...] | None:
    today = timezone.localdate()
    return (overview(today - dt.timedelta(days=13), today, None),)


LOAD = Paper(
    "load",
    gettext_lazy("Homework load"),
    gettext_lazy("lies before the teachers' meeting"),
    load,
    some_load,
    "homework/pdf/load.html",
)


# --- notices and letters ---------------------------------------------------------------------------------------------


def rectification(notice: Rectification) -> Filled:
    """The notice as an official paper."""
    sections = [(numeral, title, text) for numeral, (title, text) in zip(NUMERALS, paragraphs(notice), strict=False)]
    context = {
        "notice": notice,
        "sections": sections,
        "issued_on": timezone.localtime(notice.issued_at).date(),
    }
    return f"{_('Rectification notice')}-{notice}", context


def paragraphs(notice: Rectification) -> list[tuple[str, str]]:
    """(heading, text) of the paper, as far as the notice has come."""
    facts = {
        "day": cn_date(notice.day, "year"),
        "label": notice.label,
        "subject": notice.subject or "",
        "origin": notice.get_origin_display(),
    }
    found = _("%(day)s, %(label)s %(subject)s (found by: %(origin)s).") % facts
    until = _("Please answer in writing until %(day)s.") % {"day": cn_date(notice.answer_by, "year")}
    rows = [
        (_("What was found"), f"{found}{notice.finding}"),
        (_("To be changed"), notice.demand),
        (_("Deadline"), until),
    ]
    for step in notice.steps.exclude(kind__in=["public", "withdrawn"]):
        day = cn_date(timezone.localtime(step.at).date(), "year")
        rows.append((step.get_kind_display(), f"{day}{'：' if step.text else ''}{step.text}"))
    return rows


def some_rectification(site: str) -> tuple[Any, ...] | None:
    notice = Rectification.objects.select_related("school_class", "subject", "teacher").order_by("pk").first()
    return (notice,) if notice else None


RECTIFICATION = Paper(
    "rectification",
    gettext_lazy("Rectification notice"),
    gettext_lazy("the academic office signs it; the teacher gets it"),
    rectification,
    some_rectification,
    "homework/pdf/rectification.html",
    layout="official",
    fit="fewer",
    private=True,
)


def responsibility(letter: ResponsibilityLetter) -> Filled:
    signatures = list(letter.signatures.order_by("at"))
    context = {
        "letter": letter,
        "pairs": [signatures[i : i + 2] for i in range(0, len(signatures), 2)],
        "paragraphs": [line for line in letter.body.splitlines() if line.strip()],
        "published_on": timezone.localtime(letter.published_at).date(),
    }
    return letter.title, context


def some_responsibility(site: str) -> tuple[Any, ...] | None:
    letter = ResponsibilityLetter.objects.filter(published_at__isnull=False).order_by("-pk").first()
    return (letter,) if letter else None


RESPONSIBILITY = Paper(
    "responsibility",
    gettext_lazy("Letter of responsibility"),
    gettext_lazy("each teacher signs it; the academic office files it"),
    responsibility,
    some_responsibility,
    "homework/pdf/responsibility.html",
    layout="official",
    fit="fewer",
    private=True,
)


# --- codes -----------------------------------------------------------------------------------------------------------


def report_poster(address: str) -> Filled:
    context = {"qr": qr_on_paper(address, _("Opens the form")), "address": address}
    return f"{_('Parents report homework')}", context


def some_poster(site: str) -> tuple[Any, ...] | None:
    return (urljoin(site, reverse("board:report")),)


REPORT_POSTER = Paper(
    "report_poster",
    gettext_lazy("Poster: parents report homework"),
    gettext_lazy("hangs at the gate"),
    report_poster,
    some_poster,
    "homework/pdf/report_poster.html",
)


def monitor_codes(slips: list[tuple[str, str]]) -> Filled:
    """`slips`: (class, address of its form)."""
    drawn = [(label, qr_on_paper(address, label), address) for label, address in slips]
    return f"{_('Forms of the class monitors')}", {"slips": drawn}


def slips_of(site: str, classes: list[SchoolClass]) -> list[tuple[str, str]]:
    """(class, address) of those of the classes that have a code."""
    codes = {code.school_class_id: code.code for code in ClassCode.objects.filter(revoked_at__isnull=True)}
    return [
        (one.label(), urljoin(site, reverse("board:monitor", args=[codes[one.pk]])))
        for one in classes
        if one.pk in codes
    ]


def some_codes(site: str) -> tuple[Any, ...] | None:
    year = school_year_of(timezone.localdate())
    slips = slips_of(site, list(SchoolClass.objects.in_year(year).order_by("-entry_year", "number")))
    return (slips,) if slips else None


MONITOR_CODES = Paper(
    "monitor_codes",
    gettext_lazy("Forms of the class monitors"),
    gettext_lazy("cut apart; each hangs in its classroom"),
    monitor_codes,
    some_codes,
    "homework/pdf/monitor_codes.html",
    private=True,
    keep=AN_HOUR,
)


def register() -> None:
    papers.register(
        BOARD,
        BOARD_CLASS,
        EDITION,
        RECORD,
        LOAD,
        RECTIFICATION,
        RESPONSIBILITY,
        REPORT_POSTER,
        MONITOR_CODES,
    )
