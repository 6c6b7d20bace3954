"""The sheets of a day, class by class: whose turn each is, what is missing; and what a person may do with one."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from homework.models import ClassSheet, HomeworkItem, SheetStage
from homework.rows import hand_of, writable_classes
from homework.services.sheets import turn_of
from school.models import Lesson, PolicyRule, SchoolClass, SchoolDay, Teaching, User
from school.models.calendar import school_year_of


@dataclass
class Row:
    """One class of the list: its sheet, whether it is one's own, whose turn it is, what is still missing."""

    school_class: SchoolClass
    sheet: ClassSheet | None
    own: bool
    turn: str = ""
    turn_pk: int | None = None
    mine: bool = False
    """Whether this person can take the step, be it in another's stead."""
    waits: bool = False
    """Whether the step is this person's own."""
    missing: list[str] = field(default_factory=list)

    @property
    def filed(self) -> bool:
        """Passed on by whoever coordinates the class."""
        return self.sheet is not None and self.sheet.status in (ClassSheet.Status.REVIEW, ClassSheet.Status.PUBLISHED)

    @property
    def published(self) -> bool:
        return self.sheet is not None and self.sheet.is_published


def rows_of(user: User, day: dt.date) -> list[Row]:
    """All classes with their sheet of the day, in a handful of queries."""
    mine = set(SchoolClass.objects.filter(writable_classes(user)).values_list("pk", flat=True))
    hand = hand_of(user)
    sheets = ClassSheet.objects.visible_to(user).on(day).select_related("stage").annotate(entries=Count("items"))
    by_class = {sheet.school_class_id: sheet for sheet in sheets}
    missing = missing_subjects(day)
    rows = []
    for school_class in SchoolClass.objects.in_year(school_year_of(day)).order_by("-entry_year", "number"):
        row = Row(school_class, by_class.get(school_class.pk), school_class.pk in mine)
        if row.sheet and (turn := turn_of(row.sheet)):
            row.turn = f"{turn.get_step_display()} · {turn.get_who_display()}"
            row.turn_pk = turn.pk
            begun = row.sheet.entries or row.sheet.status == ClassSheet.Status.REVIEW  # type: ignore[attr-defined]
            row.mine = bool(begun) and hand.takes(turn, school_class)
            row.waits = row.mine and hand.office == (turn.who == SheetStage.Who.OFFICE)
        row.missing = [] if row.filed else missing.get(school_class.pk, [])
        rows.append(row)
    return rows


def missing_subjects(day: dt.date) -> dict[int, list[str]]:
    """Class → subjects that its timetable has today and that nobody has entered anything for, with their teachers."""
    weekday = SchoolDay.objects.weekday_of(day)
    if weekday is None:
        return {}
    cells = Lesson.objects.on(weekday).values_list("school_class", "subject", "subject__name", "number")
    entered = set(HomeworkItem.objects.filter(sheet__day=day).values_list("sheet__school_class", "subject"))
    teachers = {
        (row.school_class_id, row.subject_id): row.staff.name
        for row in Teaching.objects.on(day).select_related("staff")
    }
    found: dict[int, list[str]] = {}
    for class_pk, subject_pk, name, _number in cells.order_by("number"):
        words = f"{name} {teachers.get((class_pk, subject_pk), '')}".strip()
        if (class_pk, subject_pk) not in entered and words not in found.setdefault(class_pk, []):
            found[class_pk].append(words)
    return found


# --- one sheet -------------------------------------------------------------------------------------------------------


def sheet_of(school_class: SchoolClass, day: dt.date, rule: PolicyRule) -> ClassSheet:
    """The class's sheet of the day, or an empty one that is not saved.

    Its cap is that of the rule as it is now; a published sheet keeps the one under which it was published.
    """
    rows = ClassSheet.objects.filter(school_class=school_class, day=day).select_related("published_by", "stage")
    sheet = rows.first() or ClassSheet(school_class=school_class, day=day, cap_source=rule.source)
    sheet.school_class = school_class
    if not sheet.is_published:
        sheet.cap = int(rule.value)
    return sheet


def room_in(sheet: ClassSheet, rule: PolicyRule) -> dict[str, Any]:
    """The `cap` with what was released, what is `left` of it, and whether the rule `warns` already."""
    cap = sheet.cap + sheet.granted
    warns = bool(rule.warn_percent and cap and sheet.minutes * 100 >= cap * rule.warn_percent)
    return {"cap": cap, "left": max(cap - sheet.minutes, 0), "warns": warns}


def rights_on(user: User, sheet: ClassSheet) -> dict[str, Any]:
    """What the person may do with the sheet and (`items`) with each entry."""
    hand, turn = hand_of(user), turn_of(sheet)
    balances = hand.coordinates(sheet.school_class_id)
    takes_turn = bool(turn and hand.takes(turn, sheet.school_class))
    writes = SchoolClass.objects.filter(writable_classes(user), pk=sheet.school_class_id).exists()
    open_to = balances or not sheet.is_published
    items = sheet.items.select_related("subject", "teacher") if sheet.pk else []
    return {
        "turn": turn,
        "may_pass": takes_turn,
        "may_return": bool(sheet.pk and sheet.status == sheet.Status.REVIEW and takes_turn),
        "balances": balances,
        "may_write": writes and open_to,
        "items": [(item, open_to and (balances or item.teacher.user_id == user.pk)) for item in items],
    }
