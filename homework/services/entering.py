"""Entering homework: within every rule that holds, under the sheet's lock, for one class or several."""

import copy
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.limits import Change, breaches, heaviest_path
from homework.models import (
    ClassSheet,
    Declaration,
    HomeworkItem,
    HomeworkSettings,
    ItemWarning,
    Marking,
    ReleaseRequest,
    SheetAction,
)
from homework.rows import coordinates
from homework.rulebook import Rulebook
from homework.services.sheets import check_open_to, locked_sheet, note, save_sheet
from school.models import Lesson, SchoolClass, Staff, Subject, User

FURTHEST = dt.timedelta(days=14)
WORK_FIELDS = ("content", "kind", "tier", "minutes", "place", "lesson", "tried_minutes")
EDITED = (*WORK_FIELDS, "subject", "teacher", "due_on", "cut_from")
"""What a change of an entry may change; the rest stays as it was entered."""


class NeedsConfirmation(ValidationError):
    """Raised for rules that warn: the item is saved once the teacher confirms."""


@transaction.atomic
def set_item(
    *,
    school_class: SchoolClass,
    day: dt.date,
    item: HomeworkItem,
    by: User,
    confirmed: bool = False,
    asked_late: bool | None = None,
) -> HomeworkItem:
    """Adds or changes an item on the class's sheet, within the cap.

    `item` is an unsaved or changed HomeworkItem without its sheet. Raises ValidationError that names the rule, its
    source, what is left and who has used it; NeedsConfirmation where rules only warn. A change after publication makes a
    new version of the sheet.
    """
    rules = Rulebook(day)
    sheet = locked_sheet(school_class, day, rules)
    _write(sheet, [item], by=by, confirmed=confirmed, rules=rules, asked_late=asked_late)
    return item


@transaction.atomic
def enter_homework(
    *, classes: Iterable[SchoolClass], day: dt.date, item: HomeworkItem, by: User, confirmed: bool = False
) -> list[HomeworkItem]:
    """The same work for several classes: in all of them or in none.

    Raises ValidationError with a sentence for each class that cannot take it.
    """
    entered, refused, asked = [], [], []
    for school_class in sorted(classes, key=lambda one: one.pk):  # always in this order, to prevent deadlocks
        own = copy.copy(item)
        try:
            with transaction.atomic():
                entered.append(set_item(school_class=school_class, day=day, item=own, by=by, confirmed=confirmed))
        except NeedsConfirmation as error:
            asked += error.error_list
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                raise
            refused += error.error_list
    if refused:
        raise refused[0] if len(refused) == 1 else ValidationError(refused)
    if asked:
        raise NeedsConfirmation(asked)
    return entered


@transaction.atomic
def enter_sheet(
    *, school_class: SchoolClass, day: dt.date, items: Sequence[HomeworkItem], by: User, confirmed: bool = False
) -> list[HomeworkItem]:
    """Saves all subjects of a class at once, as gathered by the homeroom teacher: all or none."""
    rules = Rulebook(day)
    sheet = locked_sheet(school_class, day, rules)
    _write(sheet, items, by=by, confirmed=confirmed, rules=rules)
    return list(items)


def _write(
    sheet: ClassSheet,
    items: Sequence[HomeworkItem],
    *,
    by: User,
    confirmed: bool,
    rules: Rulebook,
    asked_late: bool | None = None,
) -> None:
    check_open_to(sheet, by)
    for item in items:
        _complete(item, sheet, by, asked_late)
    before = list(sheet.items.select_related("subject", "teacher"))
    _meet_stored(items, {old.pk: old for old in before}, may_lengthen=coordinates(by, sheet.school_class_id))
    changed = {item.pk for item in items if item.pk}
    after = [*(old for old in before if old.pk not in changed), *items]
    found = breaches(Change(sheet, before, after, items, rules))
    if refused := [breach.rule.refusal(breach.sentence) for breach in found if breach.refuses]:
        raise refused[0] if len(refused) == 1 else ValidationError(refused)
    if not confirmed and (asked := [breach for breach in found if breach.asks]):
        raise NeedsConfirmation([breach.full_sentence for breach in asked])
    count_minutes(sheet, after, rules)
    for item in items:
        item.save(update_fields=EDITED if item.pk else None)
    ItemWarning.objects.bulk_create(
        ItemWarning(
            sheet=sheet,
            item=breach.item or items[-1],
            content=(breach.item or items[-1]).content,
            rule_key=breach.rule.key,
            severity=breach.rule.severity,
            sentence=breach.sentence[:300],
            by=by,
        )
        for breach in found
    )
    save_sheet(sheet, by)


def _meet_stored(items: Iterable[HomeworkItem], stored: dict[int, HomeworkItem], *, may_lengthen: bool) -> None:
    """Checks an item read before the lock against its current row: it may have been deleted or cut."""
    for item in items:
        if item.pk is None:
            continue
        if item.pk not in stored:
            raise ValidationError(_("Somebody has removed this entry meanwhile."))
        now = stored[item.pk]
        item.cut_from = now.cut_from
        if now.cut_from is not None and item.minutes > now.minutes and not may_lengthen:
            raise ValidationError(
                {"minutes": _("These minutes were cut to %d. Ask the homeroom teacher.") % now.minutes}
            )
        if now.cut_from is not None and item.minutes >= now.cut_from:
            item.cut_from = None


def _complete(item: HomeworkItem, sheet: ClassSheet, by: User, asked_late: bool | None) -> None:
    """Fills in the item's derived fields; refuses it outside the school's hours or settings."""
    settings = HomeworkSettings.load()
    item.sheet = sheet
    if item.pk is None:
        item.entered_by = by
        # A release requested in time counts as in time, even if granted later.
        item.late = is_late(sheet.day, item.lesson, settings) if asked_late is None else asked_late
        if item.late and settings.closes and not coordinates(by, sheet.school_class_id):
            raise ValidationError(
                _("Entries were due by %s. Ask the homeroom teacher.") % f"{settings.deadline(item.lesson):%H:%M}"
            )
    if settings.trial_required and item.tried_minutes is None:
        raise ValidationError({"tried_minutes": _("Do it yourself first, and say how long it took you.")})
    if item.due_on and item.due_on < sheet.day:
        raise ValidationError({"due_on": _("It cannot be due before the day on which it is set.")})
    if item.lesson is not None and not 1 <= item.lesson <= Lesson.MOST:
        raise ValidationError({"lesson": _("Lessons are numbered from 1 to 10.")})
    if sheet.day > timezone.localdate() + FURTHEST:
        raise ValidationError(
            _("Homework is entered for the next two weeks at the most; plan ahead in the week's plan.")
        )
    item.full_clean(exclude=["sheet"])


def entered_twice(classes: Iterable[SchoolClass], day: dt.date, items: Iterable[HomeworkItem]) -> list[str]:
    """A sentence for each new item that is already on a sheet with the same text: it may have been sent twice."""
    known = {
        (item.sheet.school_class_id, item.subject_id, item.content): item
        for item in HomeworkItem.objects.filter(sheet__day=day, sheet__school_class__in=list(classes)).select_related(
            "sheet__school_class", "subject"
        )
    }
    return [
        _("%(class)s has this entry already: %(subject)s, %(content)s.")
        % {"class": school_class.label(day), "subject": item.subject.name, "content": item.content}
        for school_class in classes
        for item in items
        if (school_class.pk, item.subject_id, item.content) in known
    ]


def is_late(day: dt.date, lesson: int | None, settings: HomeworkSettings) -> bool:
    now = timezone.localtime()
    return day < now.date() or (day == now.date() and now.time() > settings.deadline(lesson))


def count_minutes(sheet: ClassSheet, items: Iterable[HomeworkItem], rules: Rulebook) -> None:
    """The sheet's minutes; minutes above a cap that does not refuse are recorded as released, so that they are counted."""
    granted = sheet.granted
    sheet.minutes = heaviest_path(items, sheet.cap)
    sheet.counted = max(0, sheet.minutes - sheet.cap - granted)
    sheet.released = granted + sheet.counted
    if not granted:
        rule = rules.cap(sheet.school_class.grade(sheet.day))
        sheet.release_reason = _("over the cap, counted (%s)") % rule.key if sheet.counted else ""


@transaction.atomic
def remove_item(*, item: HomeworkItem, by: User) -> None:
    """Removes an item. Records of families or marking prevent that."""
    rules = Rulebook(item.sheet.day)
    sheet = locked_sheet(item.sheet.school_class, item.sheet.day, rules)
    check_open_to(sheet, by)
    if item.lines.exists() or Marking.objects.filter(item=item, collected_on__isnull=False).exists():
        raise ValidationError(_("The children's work is recorded for this entry, so it stays. Change it instead."))
    item.delete()
    count_minutes(sheet, sheet.items.all(), rules)
    save_sheet(sheet, by)


STATEMENT = "本人今天布置的作业不机械重复、不超标超纲、不惩罚学生，不给家长布置任务，不需要手机和打印。"


def declare(*, staff: Staff, day: dt.date) -> None:
    """The teacher's statement of the day (三不布置, 两禁止: R051, R052); a second one changes nothing."""
    Declaration.objects.get_or_create(staff=staff, day=day, defaults={"text": STATEMENT})


# --- on top of the cap -------------------------------------------------------------------------------------------


def _check_release(sheet: ClassSheet, released: int, rules: Rulebook) -> None:
    ceiling = rules.ceiling(sheet.school_class.grade(sheet.day))
    if ceiling is None:
        raise ValidationError(_("No national cap is in force, so none can be released up to."))
    if sheet.cap + released > max(ceiling, sheet.cap):
        raise ValidationError(
            _("The national cap is %(ceiling)d minutes; a release cannot go beyond it.") % {"ceiling": ceiling}
        )


@transaction.atomic
def release_minutes(*, sheet: ClassSheet, minutes: int, reason: str, by: User) -> ClassSheet:
    """Lifts the school's tighter cap for one class and day, with a reason; never above the national cap."""
    rules = Rulebook(sheet.day)
    sheet = locked_sheet(sheet.school_class, sheet.day, rules)
    if not reason.strip():
        raise ValidationError(_("A release needs a reason."))
    _check_release(sheet, minutes, rules)
    if sheet.cap + minutes < sheet.minutes:
        raise ValidationError(_("%d minutes are entered already.") % sheet.minutes)
    sheet.released, sheet.counted = minutes, 0
    sheet.release_reason = reason.strip() if minutes else ""
    sheet.save()
    note(sheet, SheetAction.Kind.RELEASED, by, note=f"{minutes} · {reason.strip()}"[:200])
    return sheet


ENTRY_FIELDS = (*WORK_FIELDS, "late", "bank_item_id", "plan_item_id")


@transaction.atomic
def request_release(*, school_class: SchoolClass, day: dt.date, item: HomeworkItem, reason: str) -> ReleaseRequest:
    """Asks the homeroom teacher for the minutes that an entry is over the cap.

    Raises ValidationError where the school refuses instead, the entry fits anyway, or the national cap stands in the way.
    """
    if HomeworkSettings.load().over_cap != HomeworkSettings.OverCap.ASK:
        raise ValidationError(_("This school releases nothing on request."))
    rules = Rulebook(day)
    sheet = locked_sheet(school_class, day, rules)
    minutes = heaviest_path([*sheet.items.all(), item], sheet.cap)
    over = minutes - sheet.cap - sheet.granted
    if over <= 0:
        raise ValidationError(_("The entry fits now: enter it."))
    _check_release(sheet, sheet.granted + over, rules)
    if not reason.strip():
        raise ValidationError(_("A release needs a reason."))
    item.late = is_late(day, item.lesson, HomeworkSettings.load())
    entry: dict[str, Any] = {name: getattr(item, name) for name in ENTRY_FIELDS}
    entry |= {"subject": item.subject_id, "due_on": item.due_on.isoformat() if item.due_on else None}
    return ReleaseRequest.objects.create(
        sheet=sheet, entry=entry, minutes=over, reason=reason.strip(), teacher=item.teacher
    )


@transaction.atomic
def decide_release(*, request: ReleaseRequest, grant: bool, answer: str, by: User) -> ReleaseRequest:
    """Granting lifts the cap by the missing minutes and saves the item in the same transaction."""
    request = (
        ReleaseRequest.objects.select_for_update(of=["self"]).select_related("sheet__school_class").get(pk=request.pk)
    )
    if request.state != ReleaseRequest.State.WAITING:
        raise ValidationError(_("This request is already: %s.") % request.get_state_display())
    if not coordinates(by, request.sheet.school_class_id):
        raise ValidationError(_("The homeroom teacher decides on a release."))
    if not grant and not answer.strip():
        raise ValidationError(_("Say why not."))
    request.state = ReleaseRequest.State.GRANTED if grant else ReleaseRequest.State.REFUSED
    request.decided_by, request.decided_at, request.answer = by, timezone.now(), answer.strip()
    request.save()
    if grant:
        _grant(request, by)
    return request


def _grant(request: ReleaseRequest, by: User) -> None:
    sheet, entry = request.sheet, dict(request.entry)
    rules = Rulebook(sheet.day)
    sheet = locked_sheet(sheet.school_class, sheet.day, rules)
    due, subject = entry.pop("due_on"), Subject.objects.get(pk=entry.pop("subject"))
    item = HomeworkItem(
        **entry, subject=subject, teacher=request.teacher, due_on=dt.date.fromisoformat(due) if due else None
    )
    over = heaviest_path([*sheet.items.all(), item], sheet.cap) - sheet.cap - sheet.granted
    if over > 0:
        released = sheet.granted + over
        _check_release(sheet, released, rules)
        sheet.released, sheet.counted, sheet.release_reason = released, 0, request.reason
        sheet.save()
        note(sheet, SheetAction.Kind.RELEASED, by, note=f"{over} · {request.reason}"[:200])
    set_item(school_class=sheet.school_class, day=sheet.day, item=item, by=by, confirmed=True, asked_late=item.late)


def release_possible(sheet: ClassSheet, rules: Rulebook) -> bool:
    """Whether a release is possible: the school's own cap is tighter than the national one."""
    ceiling = rules.ceiling(sheet.school_class.grade(sheet.day))
    return ceiling is not None and sheet.cap + sheet.granted < ceiling
