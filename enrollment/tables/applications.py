"""Applications, who takes part, and the changes that families ask for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from enrollment.exceptions import exceptions_of
from enrollment.forms.office import STATUS_KIND
from enrollment.models import Application, ChangeRequest, Enrolment
from web.tables import (
    ActionsColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    Empty,
    ListTable,
    NarrowColumn,
    SelectColumn,
    StatusColumn,
    TitleColumn,
    WeekdaysColumn,
)
from web.templatetags.components import status_badge
from web.templatetags.formats import cn_date, cn_datetime, colon, leaving, weekdays

CHANGE_KIND = {"waiting": "wait", "done": "ok"}


class ApplicantColumn(TitleColumn):
    """The child, marked where it applied on paper, and with a star where it comes first; rows without `has_priority` are for
    people who may not know that.
    """

    def __init__(self) -> None:
        super().__init__(_("Child"), accessor="student__name", url=Application.get_absolute_url)

    def render(self, value: Any, record: Application) -> str:
        name = super().render(value, record)
        if record.on_paper:
            name = format_html("{} {}", name, status_badge(_("entered from paper"), "neutral", icon="file-text"))
        if not getattr(record, "has_priority", False):
            return name
        return format_html("{} {}", name, status_badge(_("comes first"), "attention", icon="star"))


class ApplicationTable(ListTable):
    title = _("Applications")
    subtitle = _("Oldest first")
    empty = Empty(
        "file-text",
        _("No application here"),
        _("When a family applies, its application appears here until it is decided."),
    )
    taken = ["name"]

    child = ApplicantColumn()
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    option = Column(_("Service"), accessor="option__name")
    weekdays = WeekdaysColumn(_("Weekdays"))
    starts_on = DateColumn(_("From"), visible=False)
    submitted_at = DateTimeColumn(_("Applied"))
    status = StatusColumn(_("Status"), kinds=STATUS_KIND)

    def render_submitted_at(self, value: dt.datetime, record: Application) -> str:
        """With the days it has waited, as long as it waits."""
        if record.status not in Application.UNDECIDED:
            return cn_datetime(value)
        n = (timezone.localdate() - timezone.localdate(value)).days
        return format_html(
            '{}<span class="text-quiet"> · {}</span>', cn_datetime(value), ngettext("%d day", "%d days", n) % n
        )

    def value_submitted_at(self, value: dt.datetime) -> dt.datetime:
        return value


class ReadyTable(ApplicationTable):
    """Those of a page that can be agreed to at once."""

    title = _("Can be agreed to at once")

    select = SelectColumn(label="student__name")

    class Meta:
        sequence = ("select", "...")


class SetApartTable(ListTable):
    """Those of a page that somebody should look at, and why."""

    title = _("Applications")

    child = ApplicantColumn()
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    option = Column(_("Service"), accessor="option__name")
    submitted_at = DateTimeColumn(_("Applied"))
    reasons = Column(_("Why"))

    def render_option(self, value: str, record: Application) -> str:
        return f"{value} · {weekdays(record.weekdays)}"

    def render_reasons(self, value: list[str], record: Application) -> str:
        reasons = "、".join(value)
        return f"{reasons}:{record.note}" if record.note else reasons


class QueueTable(ApplicationTable):
    """What waits for one person; a page of it falls into those to agree to at once and those set apart."""

    ready: ReadyTable
    set_apart: SetApartTable

    def prepare(self, records: Sequence[Any]) -> None:
        reasons = exceptions_of(records)
        for row in records:
            row.reasons = reasons.get(row.pk, [])
        self.ready = ReadyTable([row for row in records if not row.reasons])
        self.set_apart = SetApartTable([row for row in records if row.reasons])


class PaperTable(ListTable):
    """Children whose application on paper can be entered; a row knows by `option_pk` for what."""

    title = _("Enter from paper")
    subtitle = _("Children who have not applied yet")
    empty = Empty("users", _("Nobody found"))

    select = SelectColumn(label="name")
    name = TitleColumn(
        _("Child"), url=lambda child: reverse("enrollment:paper_enter", args=[child.option_pk, child.pk])
    )
    class_label = NarrowColumn(_("Class"))
    actions = ActionsColumn("enrollment/_paper_actions.html")


class EnrolmentTable(ListTable):
    title = _("Taking part")
    empty = Empty(
        "user-check",
        _("Nobody here"),
        _("An approved child stands under «Taking part» from its first day on, before that under «Beginning later»."),
    )
    taken = ["name"]

    child = TitleColumn(
        _("Child"),
        accessor="student__name",
        url=lambda row: reverse("enrollment:application_detail", args=[row.application_id]),
    )
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    option = Column(_("Service"), accessor="option__name")
    weekdays = WeekdaysColumn(_("Weekdays"))
    starts_on = DateColumn(_("From"))
    ends_on = DateColumn(_("To"))
    end_reason = Column(_("Reason"), visible=False)
    actions = ActionsColumn("enrollment/_enrolment_actions.html")

    def render_ends_on(self, value: dt.date, record: Enrolment) -> str:
        day = cn_date(value, "year")
        return f"{day} · {record.end_reason}" if record.end_reason else day

    def value_ends_on(self, value: dt.date) -> dt.date:
        return value


def decide_address(change: ChangeRequest) -> str | None:
    waits = change.state == ChangeRequest.State.WAITING
    return reverse("enrollment:change_decide", args=[change.pk]) if waits else None


class ChangeTable(ListTable):
    title = _("Changes")
    subtitle = _("Oldest first")
    empty = Empty(
        "calendar",
        _("No change here"),
        _(
            "When a family asks for other days, it appears here. Who stops needs nobody's approval and is listed under "
            "«done»."
        ),
    )
    taken = ["name"]

    select = SelectColumn(label="enrolment__student__name")
    child = TitleColumn(_("Child"), accessor="enrolment__student__name", url=decide_address)
    class_label = NarrowColumn(_("Class"), accessor="enrolment__student__class_label", exclude_from_export=True)
    option = Column(_("Service"), accessor="enrolment__option__name", visible=False)
    kind = Column(pgettext_lazy("of a participation", "Change"))
    effective_on = DateColumn(_("From"))
    weekdays = WeekdaysColumn(_("Weekdays"), visible=False)
    requested_at = Column(_("Asked for"), exclude_from_export=True)
    state = StatusColumn(_("Status"), kinds=CHANGE_KIND)

    def render_kind(self, value: str, record: ChangeRequest) -> str:
        words = value
        if record.kind == ChangeRequest.Kind.DAYS:
            words = f"{weekdays(record.enrolment.weekdays)} → {weekdays(record.weekdays)}"
            if record.leaves_after:
                words += f" · {leaving(record.leaves_after)}"
        return f"{colon(record.enrolment.option.name)}{words}"

    def value_kind(self, value: str) -> str:
        return value

    def render_requested_at(self, value: dt.datetime, record: ChangeRequest) -> SafeString:
        who = format_html("{} · {}", cn_datetime(value), record.requested_by.name)
        if not record.reason:
            return who
        return format_html('{}<br><span class="text-quiet">{}</span>', who, record.reason)

    def render_state(self, value: str, record: ChangeRequest) -> SafeString:
        badge = status_badge(value, CHANGE_KIND.get(record.state, "neutral"))
        return format_html("{} {}", badge, record.opinion)

    def value_state(self, value: str) -> str:
        return value


class StageTable(ListTable):
    title = _("Steps of the review")
    subtitle = _("From the family's application to the child's place")

    step = TitleColumn(_("step"), url="enrollment:stage_edit")
    role = Column(_("who takes it"))
    active = Column(_("Status"))

    def render_active(self, value: bool) -> SafeString:
        return status_badge(_("in use"), "ok") if value else status_badge(_("left out"), "neutral")
