"""A sheet under its lock, and what every change of it has to leave behind."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import ClassSheet, Marking, MarkingTime, SheetAction, SheetStage, SheetVersion
from homework.rows import coordinates, takes
from homework.rulebook import Rulebook
from school.keeping import kept
from school.models import SchoolClass, SchoolDay, User


def chain() -> list[SheetStage]:
    """The steps that the school has, in their order."""
    return kept("homework steps", SheetStage.chain)


def open_sheet(*, school_class: SchoolClass, day: dt.date) -> ClassSheet:
    """The class's sheet of the day, made if absent, its cap as the rules say now. Lock it before writing."""
    sheet = ClassSheet.objects.filter(school_class=school_class, day=day).first()
    if sheet is None:
        rule = Rulebook(day).cap(school_class.grade(day))
        sheet, _created = ClassSheet.objects.get_or_create(
            school_class=school_class, day=day, defaults={"cap": int(rule.value), "cap_source": rule.source}
        )
    return sheet


def locked_sheet(school_class: SchoolClass, day: dt.date, rules: Rulebook) -> ClassSheet:
    """The sheet under its row lock, its cap brought up to the rules of the day."""
    known = ClassSheet.objects.filter(school_class=school_class, day=day).select_for_update(of=["self"])
    sheet = known.first()
    if sheet is None:
        open_sheet(school_class=school_class, day=day)
        sheet = known.get()
    sheet.school_class = school_class
    rule = rules.cap(school_class.grade(day))
    sheet.cap, sheet.cap_source = int(rule.value), rule.source
    return sheet


def relocked(sheet: ClassSheet) -> ClassSheet:
    """The same sheet, fresh and under its row lock; for steps that do not touch its minutes."""
    rows = ClassSheet.objects.select_for_update(of=["self"]).select_related("school_class", "stage")
    return rows.get(pk=sheet.pk)


def turn_of(sheet: ClassSheet) -> SheetStage | None:
    """The step whose turn it is; None once published. A step switched off in mid-day gives its turn to the next."""
    if sheet.is_published:
        return None
    stages = chain()
    if sheet.status != ClassSheet.Status.REVIEW or sheet.stage is None:
        return stages[0]
    at = SheetStage.ORDER.index(sheet.stage.step)
    return next((stage for stage in stages if SheetStage.ORDER.index(stage.step) >= at), stages[-1])


def note(sheet: ClassSheet, kind: str, by: User, **more: Any) -> SheetAction:
    return SheetAction.objects.create(sheet=sheet, kind=kind, version=sheet.version, by=by, at=timezone.now(), **more)


def check_open_to(sheet: ClassSheet, by: User) -> None:
    """A published sheet is changed only by who coordinates the class: no subject goes past them (R069)."""
    if sheet.is_published and not coordinates(by, sheet.school_class_id):
        raise ValidationError(
            _("%s's sheet is published. Ask the homeroom teacher to change it.") % sheet.school_class.label(sheet.day)
        )


def keep(sheet: ClassSheet, by: User) -> None:
    """Saves a changed sheet: a published one gets a new version, one under review goes back to be coordinated.

    Under review, who takes the step may change the sheet where it is.
    """
    if sheet.is_published:
        sheet.version += 1
        sheet.save()
        put_up(sheet, by)
        return
    turn = turn_of(sheet)
    if sheet.status == ClassSheet.Status.REVIEW and turn and not takes(by, turn, sheet):
        sheet.status, sheet.stage = ClassSheet.Status.DRAFT, None
        note(sheet, SheetAction.Kind.REOPENED, by)
    sheet.save()


def put_up(sheet: ClassSheet, by: User) -> None:
    """What now stands on the board becomes a version; what will be handed in gets its day for marking."""
    items = list(sheet.items.select_related("subject"))
    entries = [
        {
            "item": item.pk,
            "subject": item.subject.name,
            "content": item.content,
            "kind": item.kind,
            "tier": item.tier,
            "minutes": item.minutes,
            "place": item.place,
        }
        for item in items
    ]
    SheetVersion.objects.create(
        sheet=sheet, number=sheet.version, minutes=sheet.minutes, entries=entries, by=by, at=timezone.now()
    )
    days = marking_days()
    following = next_school_day(sheet.day)
    Marking.objects.bulk_create(
        [
            Marking(item=item, due_on=(item.due_on or following) + dt.timedelta(days=days[item.kind]))
            for item in items
            if item.kind in days
        ],
        update_conflicts=True,
        update_fields=["due_on"],
        unique_fields=["item"],
    )


def marking_days() -> dict[str, int]:
    return kept("marking times", lambda: dict(MarkingTime.objects.values_list("kind", "days")))


def next_school_day(day: dt.date) -> dt.date:
    """The next day with lessons; the next weekday where the calendar says nothing."""

    def find() -> dt.date:
        known = SchoolDay.objects.teaching().filter(day__gt=day, day__lte=day + dt.timedelta(days=60))
        found = known.order_by("day").values_list("day", flat=True).first()
        after: dt.date = day + dt.timedelta(days=max(1, 8 - day.isoweekday() if day.isoweekday() >= 5 else 1))
        return found or after

    return kept(f"school day after {day}", find)
