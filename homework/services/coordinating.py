"""A sheet's way to the board: steps, cuts, returns, versions."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from homework.models import ClassSheet, HomeworkItem, SheetAction
from homework.rows import coordinates, takes
from homework.rulebook import Rulebook
from homework.services.entering import count_minutes
from homework.services.sheets import chain, locked_sheet, note, open_sheet, put_up, relocked, save_sheet, turn_of
from school.models import SchoolClass, User


@transaction.atomic
def pass_sheet(*, sheet: ClassSheet, by: User, seen: int | None = None) -> ClassSheet:
    """Takes the step whose turn it is; after the last one the sheet is published.

    `seen` is the key of the step that the person saw waiting: where another one's turn has come meanwhile, nothing is done,
    so that a second tap takes no second step. Raises PermissionDenied where the step is somebody else's. A published sheet
    stays as it is.
    """
    return _pass(relocked(pk=sheet.pk) or sheet, by, seen)


@transaction.atomic
def pass_class(*, class_pk: int, day: dt.date, by: User, seen: int | None = None) -> ClassSheet:
    """The same for a class and day; a class without homework is passed on with an empty sheet.

    Raises SchoolClass.DoesNotExist.
    """
    sheet = relocked(school_class=class_pk, day=day)
    if sheet is None:
        made = open_sheet(school_class=SchoolClass.objects.get(pk=class_pk), day=day)
        sheet = relocked(pk=made.pk) or made
    return _pass(sheet, by, seen)


def _pass(sheet: ClassSheet, by: User, seen: int | None) -> ClassSheet:
    turn = turn_of(sheet)
    if turn is None or seen not in (None, turn.pk):
        return sheet
    if not takes(by, turn, sheet):
        raise PermissionDenied
    later = chain()[chain().index(turn) + 1 :]
    if not later:
        put_up(sheet, by, step=turn.step)
        return sheet
    sheet.status, sheet.stage = ClassSheet.Status.REVIEW, later[0]
    sheet.save()
    note(sheet, SheetAction.Kind.PASSED, by, step=turn.step)
    return sheet


@transaction.atomic
def publish_sheet(*, sheet: ClassSheet, by: User) -> ClassSheet:
    """Takes every step that is left, as far as they are this person's. Publishing a second call changes nothing.

    Raises PermissionDenied at the first step that is somebody else's.
    """
    while not sheet.is_published:
        sheet = pass_sheet(sheet=sheet, by=by)
    return sheet


@transaction.atomic
def return_sheet(*, sheet: ClassSheet, ground: str, text: str, by: User) -> ClassSheet:
    """Returns the sheet for coordination, with a counted ground. Only the person whose step is next may return it."""
    sheet = relocked(pk=sheet.pk) or sheet
    turn = turn_of(sheet)
    if sheet.status != ClassSheet.Status.REVIEW or turn is None:
        raise ValidationError(_("Only a sheet under review is returned."))
    if not takes(by, turn, sheet):
        raise PermissionDenied
    if ground not in SheetAction.Ground.values or not ground:
        raise ValidationError(_("Say why the sheet is returned."))
    sheet.status, sheet.stage = ClassSheet.Status.RETURNED, None
    sheet.save()
    note(sheet, SheetAction.Kind.RETURNED, by, step=turn.step, ground=ground, note=text.strip())
    return sheet


@transaction.atomic
def cut_minutes(*, item: HomeworkItem, minutes: int, text: str, by: User) -> HomeworkItem:
    """The coordinator of the class shortens an item, with a note for the teacher (R068). Never lengthens it."""
    rules = Rulebook(item.sheet.day)
    sheet = locked_sheet(item.sheet.school_class, item.sheet.day, rules)
    item = HomeworkItem.objects.select_related("subject").get(pk=item.pk)
    if not coordinates(by, sheet.school_class_id):
        raise PermissionDenied
    if not 1 <= minutes < item.minutes:
        raise ValidationError(_("A cut is shorter than %d minutes and leaves at least one.") % item.minutes)
    if not text.strip():
        raise ValidationError(_("Say why minutes are cut."))
    words = f"{item.subject.name} {item.minutes} → {minutes} · {text.strip()}"
    item.cut_from, item.minutes = item.cut_from or item.minutes, minutes
    item.save()
    count_minutes(sheet, sheet.items.all(), rules)
    note(sheet, SheetAction.Kind.CUT, by, note=words[:200])
    save_sheet(sheet, by)
    return item
