"""The Monday and Friday editions of the board as PDF for the wall; making one again replaces it."""

import datetime as dt
from collections import defaultdict

from django.core.files.base import ContentFile
from django.utils import timezone

from documents.pdf import render_pdf
from homework.models import BoardEdition, ClassSheet, HomeworkItem, WeekPlan, WeekPlanItem
from school.models import SchoolSettings
from school.models.places import grade_name

Kind = BoardEdition.Kind


def make_edition(*, kind: str, week: dt.date) -> BoardEdition | None:
    """The edition of the week that begins on the Monday `week`; None where there is nothing to print."""
    parts = planned_by_grade(week) if kind == Kind.MONDAY else set_by_class(week)
    count = sum(len(rows) for _name, rows in parts)
    if not count:
        return None
    context = {
        "kind": kind,
        "parts": parts,
        "week": week,
        "last": week + dt.timedelta(days=4),
        "school_name": SchoolSettings.load().name,
        "printed_at": timezone.localtime(),
    }
    pdf = render_pdf("homework/pdf/edition.html", context, layout="print_list")
    edition = BoardEdition.objects.filter(kind=kind, week=week).first() or BoardEdition(kind=kind, week=week)
    storage, old = edition.file.storage, edition.file.name
    edition.entries = count
    edition.file.save(f"{kind}-{week:%Y-%m-%d}.pdf", ContentFile(pdf), save=False)
    edition.save()
    if old and old != edition.file.name:
        storage.delete(old)
    return edition


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
