"""Pupils' record sheets, and how many finished at school."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from homework.models import ClassSheet, FinishedAtSchool, HomeworkSettings, RecordLine, RecordSheet
from homework.rows import collects
from homework.services.sheets import relocked
from school.models import ClassMembership, PolicyRule, SchoolClass, Staff, Student, User

FINISHED_UNTIL = dt.timedelta(days=7)


@dataclass(frozen=True)
class Record:
    """What a record sheet says: item's key → (minutes, finished at school); the rest as the model has it."""

    lines: dict[int, tuple[int, bool]]
    extra_content: str = ""
    extra_minutes: int = 0
    bedtime: dt.time | None = None
    remark: str = ""
    on_paper: bool = field(default=False)


@transaction.atomic
def fill_record(*, student: Student, sheet: ClassSheet, record: Record, by: User) -> RecordSheet:
    """A guardian fills in the record of a day, or staff who collect the class's records enter it from paper.

    Filling in again replaces what was said; it is new to the teacher then, and an answer to other words goes (both stay
    in the history of the row). Raises ValidationError where the school keeps no records on that day, the child is not of
    the class, or somebody else fills in.
    """
    _check_may_fill(student, sheet, by, on_paper=record.on_paper)
    # Two guardians may fill in at the same moment: the sheet's lock serialises them.
    relocked(pk=sheet.pk)
    row = RecordSheet.objects.filter(student=student, sheet=sheet).first() or RecordSheet(student=student, sheet=sheet)
    if row.remark != record.remark:
        row.reply, row.replied_by, row.replied_at = "", None, None
    row.seen_at = None
    for name in ("extra_content", "extra_minutes", "bedtime", "remark", "on_paper"):
        setattr(row, name, getattr(record, name))
    row.filled_by, row.filled_at = by, timezone.now()
    row.full_clean()
    row.save()
    _write_lines(row, record.lines)
    return row


def _check_may_fill(student: Student, sheet: ClassSheet, by: User, *, on_paper: bool) -> None:
    settings = HomeworkSettings.load()
    if not settings.records_on(sheet.day):
        raise ValidationError(_("No record sheets are kept for this day."))
    if not ClassMembership.objects.on(sheet.day).filter(student=student, school_class=sheet.school_class_id).exists():
        raise ValidationError(_("The child was not in this class on that day."))
    paper = settings.records == HomeworkSettings.Records.PAPER
    if on_paper and not (paper and collects(by, sheet.school_class_id)):
        raise ValidationError(_("Only records kept on paper are entered by whoever collects the class."))
    if not on_paper and paper:
        raise ValidationError(_("This school keeps the record on paper."))
    if not on_paper and not student.has_guardian(by):
        raise ValidationError(_("Fill in the sheet of your own child."))
    if not sheet.is_published:
        raise ValidationError(_("The homework of this day is not published yet."))


def _write_lines(row: RecordSheet, said: dict[int, tuple[int, bool]]) -> None:
    """Replaces the record's lines; items of other sheets are ignored."""
    known = set(row.sheet.items.values_list("pk", flat=True))
    lines = [
        RecordLine(record=row, item_id=pk, minutes=minutes, at_school=at_school)
        for pk, (minutes, at_school) in said.items()
        if pk in known
    ]
    for line in lines:
        line.full_clean(exclude=["record", "item"], validate_unique=False)
    row.lines.exclude(item__in=[line.item_id for line in lines]).delete()
    RecordLine.objects.bulk_create(
        lines, update_conflicts=True, update_fields=["minutes", "at_school"], unique_fields=["record", "item"]
    )


@transaction.atomic
def reply_to_record(*, record: RecordSheet, reply: str, by: User) -> RecordSheet:
    if not reply.strip():
        raise ValidationError(_("Write an answer."))
    record = RecordSheet.objects.select_for_update(of=["self"]).get(pk=record.pk)
    record.reply, record.replied_by, record.replied_at = reply.strip(), by, timezone.now()
    record.seen_at = record.seen_at or timezone.now()
    record.full_clean()
    record.save()
    return record


def collect_records(*, sheet: ClassSheet) -> int:
    """Marks the class's records of a day as collected. Returns how many were new."""
    return RecordSheet.objects.filter(sheet=sheet, seen_at__isnull=True).update(seen_at=timezone.now())


@transaction.atomic
def enter_finished(
    *, school_class: SchoolClass, day: dt.date, percent: int, rest_minutes: int, by: Staff
) -> FinishedAtSchool:
    """How many of the class finished at school; a second entry of the day replaces the first."""
    today = timezone.localdate()
    if not today - FINISHED_UNTIL <= day <= today:
        raise ValidationError(_("Who finished at school is entered on the day or within the week after it."))
    SchoolClass.objects.select_for_update(no_key=True).get(pk=school_class.pk)
    row = FinishedAtSchool.objects.filter(school_class=school_class, day=day).first()
    row = row or FinishedAtSchool(school_class=school_class, day=day)
    row.percent, row.rest_minutes, row.by = percent, 0 if percent == 100 else rest_minutes, by
    row.full_clean()
    row.save()
    return row


def late_to_bed(day: dt.date) -> Q:
    """Records whose bedtime is after the hour that T1 names (hours after midnight are late)."""
    rule = PolicyRule.objects.effective("T1", day=day, measure="bedtime")
    if rule is None:
        return Q(pk__in=[])
    return Q(bedtime__gt=dt.time.fromisoformat(str(rule.value))) | Q(bedtime__lt=dt.time(5))
