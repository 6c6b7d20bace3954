"""Locking a sheet, and saving its changes with versions and marking."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import ClassSheet, SheetAction, SheetStage
from homework.rows import coordinates, takes
from homework.rulebook import Rulebook
from school.models import SchoolClass, SchoolDay, User
from web.caching import cached_briefly


def stages() -> dict[int, SheetStage]:
    """All steps by key, in order, including those that the school has switched off."""
    return cached_briefly("homework steps", SheetStage.in_order)


def chain() -> list[SheetStage]:
    """The steps in use, in order."""
    return [stage for stage in stages().values() if stage.active]


def open_sheet(*, school_class: SchoolClass, day: dt.date) -> ClassSheet:
    """The class's sheet of the day, made if absent, its cap as the rules say now. Lock it before writing."""
    sheet = ClassSheet.objects.filter(school_class=school_class, day=day).order_by("pk").first()
    if sheet is None:
        rule = Rulebook(day).cap(school_class.grade(day))
        sheet, _created = ClassSheet.objects.get_or_create(
            school_class=school_class, day=day, defaults={"cap": int(rule.value), "cap_source": rule.source}
        )
    return sheet


def relocked(**which: Any) -> ClassSheet | None:
    """A sheet under its row lock; for steps that do not touch its minutes."""
    return ClassSheet.objects.select_for_update().filter(**which).order_by("pk").first()


def locked_sheet(school_class: SchoolClass, day: dt.date, rules: Rulebook) -> ClassSheet:
    """The sheet under its row lock, its cap brought up to the rules of the day.

    Where the school's cap was relaxed after a release, no more of the release is left than up to the national cap.
    """
    sheet = relocked(school_class=school_class, day=day)
    if sheet is None:
        made = open_sheet(school_class=school_class, day=day)
        sheet = relocked(pk=made.pk) or made
    sheet.school_class = school_class
    grade = school_class.grade(day)
    rule, ceiling = rules.cap(grade), rules.ceiling(grade)
    sheet.cap, sheet.cap_source = int(rule.value), rule.source
    if ceiling is not None:
        sheet.released -= max(0, sheet.granted - max(0, ceiling - sheet.cap))
        sheet.release_reason = sheet.release_reason if sheet.released else ""
    return sheet


def turn_of(sheet: ClassSheet) -> SheetStage | None:
    """The sheet's next step; None once published. A step that was switched off is skipped."""
    if sheet.is_published:
        return None
    known = stages()
    if sheet.status != ClassSheet.Status.REVIEW or sheet.stage_id not in known:
        return chain()[0]
    later = list(known)[list(known).index(sheet.stage_id) :]
    return next((known[pk] for pk in later if known[pk].active), chain()[-1])


def note(sheet: ClassSheet, kind: str, by: User, **more: Any) -> SheetAction:
    return SheetAction.objects.create(sheet=sheet, kind=kind, version=sheet.version, by=by, at=timezone.now(), **more)


def check_open_to(sheet: ClassSheet, by: User) -> None:
    """A published sheet is changed only by who coordinates the class: no subject goes past them (R069)."""
    if sheet.is_published and not coordinates(by, sheet.school_class_id):
        raise ValidationError(
            _("%s's sheet is published. Ask the homeroom teacher to change it.") % sheet.school_class.label(sheet.day)
        )


def save_sheet(sheet: ClassSheet, by: User) -> None:
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


# One round trip instead of four: in the evening all classes publish within minutes.
PUT_UP = """
WITH entry AS (
    SELECT i.id, u.name AS subject, u."order", i.content, i.kind, i.tier, i.minutes, i.place, i.due_on
    FROM homework_homeworkitem i JOIN school_subject u ON u.id = i.subject_id WHERE i.sheet_id = %(sheet)s
), version AS (
    INSERT INTO homework_sheetversion (sheet_id, number, minutes, entries, by_id, at)
    SELECT %(sheet)s, %(number)s, %(minutes)s, COALESCE(jsonb_agg(jsonb_build_object(
        'item', id, 'subject', subject, 'content', content, 'kind', kind, 'tier', tier, 'minutes', minutes, 'place', place
    ) ORDER BY "order", id), '[]'), %(by)s, %(at)s FROM entry
), marking AS (
    INSERT INTO homework_marking (item_id, due_on)
    SELECT e.id, COALESCE(e.due_on, %(following)s) + t.days FROM entry e JOIN homework_markingtime t USING (kind)
    ON CONFLICT (item_id) DO UPDATE SET due_on = excluded.due_on
), sheet AS (
    UPDATE homework_classsheet SET status = 'published', stage_id = NULL, published_at = %(at)s, published_by_id = %(by)s
    WHERE id = %(sheet)s AND %(step)s <> ''
)
INSERT INTO homework_sheetaction (sheet_id, kind, step, ground, note, version, by_id, at)
SELECT %(sheet)s, 'published', %(step)s, '', '', %(number)s, %(by)s, %(at)s WHERE %(step)s <> ''
"""

# Work that a later version no longer collects is not marked.
NOT_COLLECTED = """
DELETE FROM homework_marking m USING homework_homeworkitem i WHERE i.id = m.item_id AND i.sheet_id = %s
AND m.collected_on IS NULL AND NOT EXISTS (SELECT FROM homework_markingtime t WHERE t.kind = i.kind)
"""


def put_up(sheet: ClassSheet, by: User, *, step: str = "") -> None:
    """Stores the published version, and sets the marking day of work that is handed in.

    With a `step` the sheet is published by it: its status changes, and the action is written down.
    """
    now = timezone.now()
    if step:
        sheet.status, sheet.stage = ClassSheet.Status.PUBLISHED, None
        sheet.published_at, sheet.published_by = now, by
    values: dict[str, Any] = {
        "sheet": sheet.pk,
        "number": sheet.version,
        "minutes": sheet.minutes,
        "by": by.pk,
        "at": now,
        "following": next_school_day(sheet.day),
        "step": step,
    }
    with connection.cursor() as cursor:
        cursor.execute(PUT_UP, values)
        if sheet.version > 1:
            cursor.execute(NOT_COLLECTED, [sheet.pk])


def next_school_day(day: dt.date) -> dt.date:
    """The next day with lessons; the next weekday where the calendar says nothing."""

    def find() -> dt.date:
        known = SchoolDay.objects.teaching().filter(day__gt=day, day__lte=day + dt.timedelta(days=60))
        found = known.order_by("day").values_list("day", flat=True).first()
        after: dt.date = day + dt.timedelta(days=max(1, 8 - day.isoweekday() if day.isoweekday() >= 5 else 1))
        return found or after

    return cached_briefly(f"school day after {day}", find)
