"""Notices to families (a letter, a survey, a published list) and the channels by which they go.

NEVER homework: it is not announced to parents through phones or chat groups (policy rule H9, 教基厅函〔2021〕3号), so no
homework page registers here.

Higher apps register a kind of notice in AppConfig.ready(); this app knows none of them:

    notices.register_notice("survey", _("Survey"), load_survey, current=current_surveys)

`school:notice_detail kind pk` then gives the text for the class group, the poster, the list of those to phone and the log
of channels.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from school.access import WHOLE_SCHOOL
from school.models import ClassMembership, NoticeLog, SchoolClass, User
from school.rows import classes_led
from web.templatetags.formats import cn_datetime

if TYPE_CHECKING:
    from school.models.people import StudentQuerySet

# The roles that send notices and follow them up, for the whole school or the classes they lead.
SENDERS = ("service_office", "academic_office", "principal", "homeroom_teacher", "grade_head")


@dataclass(frozen=True)
class Notice:
    """Something that families are asked to read or answer.

    `text` is plain, without link and date; `path` is what the QR code opens; `addressed` are the children whose guardians
    it goes to, `outstanding` those of them of whom nobody has read or answered yet.
    """

    kind: str
    pk: int
    title: str
    text: str
    path: str
    closes_at: dt.datetime | None
    addressed: "StudentQuerySet"
    outstanding: "StudentQuerySet"
    back_url: str = ""


@dataclass(frozen=True)
class NoticeKind:
    """`load(pk)` gives the notice or None; `current()` the keys of those that families are to answer now."""

    name: str
    label: str | Promise
    load: Callable[[int], Notice | None]
    current: Callable[[], Iterable[int]]


@dataclass(frozen=True)
class ClassProgress:
    school_class: SchoolClass
    addressed: int
    outstanding: int

    @property
    def answered(self) -> int:
        return self.addressed - self.outstanding


_kinds: dict[str, NoticeKind] = {}


def register_notice(
    kind: str,
    label: str | Promise,
    load: Callable[[int], Notice | None],
    *,
    current: Callable[[], Iterable[int]] = lambda: (),
) -> None:
    _kinds[kind] = NoticeKind(kind, label, load, current)


def kinds() -> Sequence[NoticeKind]:
    return list(_kinds.values())


def find_notice(kind: str, pk: int) -> Notice | None:
    found = _kinds.get(kind)
    return found.load(pk) if found else None


def current_notices() -> list[Notice]:
    """Notices that families are to read or answer now, the earliest closing first."""
    far = timezone.now() + dt.timedelta(days=3650)
    found = [notice for kind in kinds() for pk in kind.current() if (notice := kind.load(pk))]
    return sorted(found, key=lambda notice: notice.closes_at or far)


def classes_to_notify(user: User) -> "Iterable[SchoolClass]":
    """The classes whose families this person writes to: all for the offices, else those led."""
    classes = SchoolClass.objects.filter(graduated_on=None)
    if user.has_role(*WHOLE_SCHOOL):
        return classes
    return classes.filter(classes_led(user, timezone.localdate()))


def within(students: "StudentQuerySet", classes: Iterable[SchoolClass]) -> "StudentQuerySet":
    members = ClassMembership.objects.held_or_to_come(timezone.localdate()).filter(school_class__in=classes)
    return students.filter(pk__in=members.values("student"))


def progress(notice: Notice, classes: Iterable[SchoolClass]) -> list[ClassProgress]:
    """Addressed and outstanding children of each class that the notice goes to; two queries."""
    addressed, outstanding = _by_class(notice.addressed), _by_class(notice.outstanding)
    return [
        ClassProgress(one, addressed[one.pk], outstanding.get(one.pk, 0)) for one in classes if addressed.get(one.pk)
    ]


def _by_class(students: "StudentQuerySet") -> dict[int, int]:
    found: dict[int, int] = {}
    members = ClassMembership.objects.held_or_to_come(timezone.localdate()).filter(
        student__in=students.order_by().values("pk")
    )
    for pk in members.order_by().values_list("school_class", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


def message_text(notice: Notice, link: str) -> str:
    """The text to paste into the class group: plain, with the closing date and the link."""
    lines = [f"【{notice.title}】", notice.text.strip()]
    if notice.closes_at:
        lines.append(_("Please answer before %(moment)s.") % {"moment": cn_datetime(notice.closes_at)})
    lines.append(_("Open: %s") % link)
    return "\n".join(line for line in lines if line)


@transaction.atomic
def log_channel(
    *,
    notice: Notice,
    channel: str,
    classes: Iterable[SchoolClass],
    by: User,
    day: dt.date | None = None,
    reminder: bool = False,
    note: str = "",
) -> NoticeLog:
    """Enters that the notice, or a reminder of it, went out; keeps how many were outstanding then.

    Raises ValidationError for a class that is not this person's to write to, or that the notice does not go to.
    """
    chosen = list(classes)
    allowed = {one.pk for one in classes_to_notify(by)}
    if not chosen or any(one.pk not in allowed for one in chosen):
        raise ValidationError(_("Choose at least one of your classes."))
    reached = progress(notice, chosen)
    if not reached:
        raise ValidationError(_("This notice does not go to these classes."))
    entry = NoticeLog.objects.create(
        kind=notice.kind,
        object_id=notice.pk,
        title=notice.title[:100],
        channel=channel,
        reminder=reminder,
        day=day or timezone.localdate(),
        note=note.strip(),
        addressed=sum(row.addressed for row in reached),
        outstanding=sum(row.outstanding for row in reached),
        by=by,
    )
    entry.school_classes.set([row.school_class for row in reached])
    return entry
