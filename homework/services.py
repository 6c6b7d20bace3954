"""Entering homework under the cap, releasing minutes with a reason, publishing the day's sheet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import ClassSheet, HomeworkItem
from school.models import PolicyRule, SchoolClass, User
from school.models.places import MAX_GRADE

WRITTEN = "written_minutes"


def cap_rule(school_class: SchoolClass, day: dt.date) -> PolicyRule:
    """The rule that caps a class's written minutes on a day (H1–H3 or a tighter local one).

    A grade without a rule of its own is never without a cap: the rule of the next grade below or above decides.
    """
    grade = school_class.grade(day)
    for distance in range(MAX_GRADE):
        for candidate in {grade - distance, grade + distance}:
            rule = PolicyRule.objects.in_scope(day=day, grade=candidate, measure=WRITTEN).tightest()
            if rule is not None:
                return rule
    raise ValidationError(_("No policy rule caps written homework. Ask the office to switch one on."))


def national_cap(school_class: SchoolClass, day: dt.date) -> int | None:
    national = PolicyRule.objects.filter(layer=PolicyRule.Layer.NATIONAL)
    rule = national.in_scope(day=day, grade=school_class.grade(day), measure=WRITTEN).tightest()
    return None if rule is None else int(rule.value)


def counts(item: HomeworkItem, cap: int) -> bool:
    """Whether an item's minutes count as written homework.

    Work in the lesson is not homework. Where nothing written may be taken home (cap 0: H1), written practice
    during after-school care is allowed and only what goes home counts.
    """
    if item.kind != HomeworkItem.Kind.WRITTEN:
        return False
    if cap == 0:
        return item.place == HomeworkItem.Place.HOME
    return item.place in (HomeworkItem.Place.HOME, HomeworkItem.Place.SERVICE)


def heaviest_path(items: Iterable[HomeworkItem], cap: int) -> int:
    """The most written minutes a pupil can choose: of each subject what is for all, plus its heaviest tier."""
    subjects: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in items:
        if counts(item, cap):
            subjects[item.subject_id][item.tier] += item.minutes
    total = 0
    for tiers in subjects.values():
        common = tiers.get(HomeworkItem.Tier.ALL, 0)
        total += common + max((m for tier, m in tiers.items() if tier != HomeworkItem.Tier.ALL), default=0)
    return total


def open_sheet(*, school_class: SchoolClass, day: dt.date) -> ClassSheet:
    """The class's sheet of the day, made if absent, its cap as the rules say now. Lock it before writing."""
    rule = cap_rule(school_class, day)
    sheet, _created = ClassSheet.objects.get_or_create(
        school_class=school_class, day=day, defaults={"cap": int(rule.value), "cap_source": rule.source}
    )
    return sheet


@transaction.atomic
def set_item(*, school_class: SchoolClass, day: dt.date, item: HomeworkItem, by: User) -> HomeworkItem:
    """Adds or changes an item on the class's sheet, within the cap.

    `item` is an unsaved or changed HomeworkItem without its sheet. Raises ValidationError that names the rule, its
    source, what is left and who has used it. A change after publication makes a new version of the sheet.
    """
    sheet = _locked_sheet(school_class, day)
    item.sheet = sheet
    others = list(sheet.items.exclude(pk=item.pk).select_related("subject", "teacher"))
    _recount(sheet, [*others, item], others, item)
    item.full_clean(exclude=["sheet"])
    item.save()
    _save(sheet)
    return item


@transaction.atomic
def remove_item(*, item: HomeworkItem, by: User) -> None:
    sheet = _locked_sheet(item.sheet.school_class, item.sheet.day)
    item.delete()
    sheet.minutes = heaviest_path(sheet.items.all(), sheet.cap)
    _save(sheet)


@transaction.atomic
def release_minutes(*, sheet: ClassSheet, minutes: int, reason: str, by: User) -> ClassSheet:
    """Lifts the school's tighter cap for one class and day, with a reason; never the national one."""
    sheet = _locked_sheet(sheet.school_class, sheet.day)
    ceiling = national_cap(sheet.school_class, sheet.day)
    if not reason.strip():
        raise ValidationError(_("A release needs a reason."))
    if ceiling is not None and sheet.cap + minutes > ceiling:
        raise ValidationError(
            _("The national cap is %(ceiling)d minutes; a release cannot go beyond it.") % {"ceiling": ceiling}
        )
    if sheet.cap + minutes < sheet.minutes:
        raise ValidationError(_("%d minutes are entered already.") % sheet.minutes)
    sheet.released, sheet.release_reason = minutes, reason.strip() if minutes else ""
    sheet.save()
    return sheet


@transaction.atomic
def publish_sheet(*, sheet: ClassSheet, by: User) -> ClassSheet:
    """Puts the sheet on the public board. Publishing twice changes nothing."""
    sheet = _locked_sheet(sheet.school_class, sheet.day)
    if sheet.status != ClassSheet.Status.PUBLISHED:
        sheet.status = ClassSheet.Status.PUBLISHED
        sheet.published_at, sheet.published_by = timezone.now(), by
        sheet.save()
    return sheet


def _locked_sheet(school_class: SchoolClass, day: dt.date) -> ClassSheet:
    """The sheet under its row lock, its cap brought up to the rules of today."""
    sheet = ClassSheet.objects.select_for_update().get(pk=open_sheet(school_class=school_class, day=day).pk)
    rule = cap_rule(school_class, day)
    sheet.cap, sheet.cap_source = int(rule.value), rule.source
    return sheet


def _recount(sheet: ClassSheet, items: list[HomeworkItem], others: list[HomeworkItem], item: HomeworkItem) -> None:
    """Writes the sheet's minutes; refuses, or counts, what is over the cap, as the rule's severity says."""
    rule = cap_rule(sheet.school_class, sheet.day)
    before = heaviest_path(others, sheet.cap)
    sheet.minutes = heaviest_path(items, sheet.cap)
    over = sheet.minutes - sheet.cap - sheet.released
    if over <= 0 or sheet.minutes <= before:
        if over > 0:
            _count_excess(sheet, over, rule)
        return
    if rule.severity == PolicyRule.Severity.BLOCK:
        raise rule.refusal(_over_message(sheet, others, before))
    _count_excess(sheet, over, rule)


def _count_excess(sheet: ClassSheet, over: int, rule: PolicyRule) -> None:
    """Over the cap where the rule does not refuse: written down as released, so that it is counted."""
    sheet.released += over
    sheet.release_reason = sheet.release_reason or _("over the cap, counted (%s)") % rule.key


def _over_message(sheet: ClassSheet, others: list[HomeworkItem], used: int) -> str:
    label = sheet.school_class.label(sheet.day)
    if sheet.cap == 0:
        return _("%s gets no written homework to take home.") % label
    by_whom: dict[str, int] = defaultdict(int)
    for other in others:
        if counts(other, sheet.cap):
            by_whom[f"{other.subject.name} {other.teacher.name}"] += other.minutes
    entered = "、".join(f"{who} {minutes}" for who, minutes in by_whom.items())
    facts: dict[str, Any] = {
        "class": label,
        "left": max(sheet.cap + sheet.released - used, 0),
        "cap": sheet.cap,
        "entered": entered or _("nothing yet"),
    }
    return (
        _("%(class)s can take %(left)d more minutes of written homework that day (cap %(cap)d; entered: %(entered)s).")
        % facts
    )


def _save(sheet: ClassSheet) -> None:
    if sheet.status == ClassSheet.Status.PUBLISHED:
        sheet.version += 1
    sheet.save()
