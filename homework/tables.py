"""The lists of the homework pages."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from homework.comparing import Comparison
from homework.models import BankItem, HomeworkItem, SpotCheckClass, WeekPlan
from homework.plans import Deviation
from homework.services.checking import drawn_again
from web.tables import (
    ActionsColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    Empty,
    ListTable,
    NumberColumn,
    SelectColumn,
    TemplateColumn,
    TitleColumn,
)
from web.templatetags.components import status_badge
from web.templatetags.formats import DASH, cn_date

SPOT_KIND = {"open": "wait", "agrees": "ok", "more": "attention", "less": "ok"}

# --- checks ----------------------------------------------------------------------------------------------------------


def day_of_class(class_pk: int, day: dt.date) -> str:
    return reverse("homework:comparison_class", args=[class_pk, day.isoformat()])


class SpotTable(ListTable):
    """One row a class that was drawn; its draw is worked out again."""

    title = _("Spot checks")

    day = Column(_("Day"), accessor="spot_check__day")
    label = TitleColumn(_("Class"), url=lambda row: day_of_class(row.school_class_id, row.spot_check.day))
    result = Column(_("Result"))
    asked = NumberColumn(_("Families asked"))
    seed = Column(_("The lot"), accessor="spot_check__seed", orderable=False)
    actions = ActionsColumn("homework/_spot_actions.html")

    def prepare(self, records: Sequence[Any]) -> None:
        checks = {row.spot_check_id: row.spot_check for row in records}
        drawn: dict[int, list[int]] = {pk: [] for pk in checks}
        classes = SpotCheckClass.objects.filter(spot_check__in=checks).order_by("pk")
        for check, school_class in classes.values_list("spot_check", "school_class"):
            drawn[check].append(school_class)
        same = {pk: drawn_again(check) == drawn[pk] for pk, check in checks.items()}
        for row in records:
            row.is_same = same[row.spot_check_id]
            row.label = row.school_class.label(row.spot_check.day)

    def render_day(self, value: dt.date) -> str:
        return cn_date(value)

    def render_result(self, value: str, record: SpotCheckClass) -> SafeString:
        badge = status_badge(value, SPOT_KIND[record.result])
        return format_html('{}<br><small class="text-quiet">{}</small>', badge, record.note) if record.note else badge

    def render_asked(self, value: int) -> int | str:
        return value or DASH

    def render_seed(self, value: str, record: Any) -> SafeString:
        words, kind = (_("worked out again"), "ok") if record.is_same else (_("does not give these classes"), "danger")
        return format_html('<span title="{}">{}</span>', value, status_badge(words, kind))


class ReportTable(ListTable):
    title = _("Reports of parents")
    subtitle = _("Without names. They count once they are read; their words are shown nowhere else.")
    empty = Empty(
        "message-circle",
        _("Nothing to read"),
        _("What parents send by the QR form waits here, the newest first."),
    )

    select = SelectColumn(label="words")
    label = TitleColumn(_("Class"), url=lambda report: day_of_class(report.school_class_id, report.day))
    day = Column(_("Day"), orderable=True)
    subject = Column(_("Subject"))
    content = Column(_("What was set"))
    minutes = NumberColumn(_("Minutes"))
    at = DateTimeColumn(_("Came in"), orderable=True)

    def prepare(self, records: Sequence[Any]) -> None:
        for report in records:
            report.words = f"{report.label} {report.subject}"

    def render_day(self, value: dt.date) -> str:
        return cn_date(value)


class ComparisonTable(ListTable):
    title = _("Comparison")
    empty = Empty(
        "zoom-check",
        _("Nobody said anything beside the sheets"),
        _("Class monitors and parents write by QR code, where the school has switched their forms on."),
    )

    label = TitleColumn(_("Class"), url=lambda row: day_of_class(row.school_class.pk, row.day))
    said = NumberColumn(_("Class sheet"))
    monitor = NumberColumn(_("Class monitor"))
    parents = NumberColumn(_("Parents"))
    cap = NumberColumn(_("Cap"))
    finding = Column(_("Finding"), accessor="is_over")

    def render_parents(self, value: int, record: Comparison) -> str:
        return format_html('{} <small class="text-quiet">({})</small>', value, record.senders)

    def render_finding(self, record: Comparison) -> str:
        if record.is_over:
            return status_badge(_("over the cap"), "attention")
        if record.differs:
            return status_badge(_("more than on the sheet"), "attention")
        return status_badge(_("agrees"), "ok")


class RectificationTable(ListTable):
    title = _("Rectification notices")
    empty = Empty("gavel", _("No notice here"), _("A confirmed excess becomes a notice: talk, answer, recheck, close."))
    taken = ["none"]

    number = TitleColumn(_("Number"), accessor="full_number", url="homework:rectification_detail")
    label = Column(_("Class"))
    subject = Column(_("Subject"))
    day = DateColumn(_("Day"), orderable=True)
    teacher = Column(_("Teacher"))
    state = Column(_("Status"))
    answer_by = DateColumn(_("Answer until"), orderable=True)
    published_at = DateTimeColumn(_("Public since"))


# --- planning --------------------------------------------------------------------------------------------------------


class PlanTable(ListTable):
    title = _("Week plan")
    empty = Empty(
        "calendar-week",
        _("No plan for this week yet"),
        _("A preparation group begins one below: grade, subject, then the work day by day."),
    )
    taken = ["none"]

    plan = TitleColumn(_("Plan"), accessor="title", url="homework:plan_edit")
    entries = NumberColumn(_("Entries"))
    by = Column(_("Planned by"), accessor="by__name")
    state = Column(_("Status"))
    note = Column(_("Note"))

    def render_state(self, value: str, record: WeekPlan) -> str:
        kinds = {"confirmed": "ok", "returned": "attention"}
        late = _("late") if record.late else ""
        return format_html("{} {}", status_badge(value, kinds.get(record.state, "wait")), late)


class PlanComparisonTable(ListTable):
    title = _("Planned and set")
    empty = Empty(
        "calendar-week",
        _("No confirmed plan for this week"),
        _("Once the office has confirmed plans, what was set stands beside them here."),
    )

    label = TitleColumn(
        _("Class"),
        url=lambda row: f"{reverse('board:board_class', args=[row.school_class.pk])}?day={row.week.isoformat()}",
    )
    subject = Column(_("Subject"))
    planned = NumberColumn(_("Planned minutes"))
    set = NumberColumn(_("Set minutes"))
    difference = NumberColumn(_("Difference"))
    kept_entries = NumberColumn(_("Planned entries kept"))

    def render_difference(self, value: int) -> str:
        return f"{value:+}" if value else "0"

    def render_kept_entries(self, value: int, record: Deviation) -> str:
        return f"{value} / {record.planned_entries}"


class ContentColumn(TemplateColumn):
    """What a bank item says, as the title of its row."""

    cell_class = "row-title"
    is_labelled = False


class BankTable(ListTable):
    """`may_change` and `may_retire` say of an item what the reader may do with it."""

    title = _("Homework bank")
    taken = ["none"]
    empty = Empty(
        "books",
        _("Nothing in the bank here"),
        _("What a preparation group designs for a unit is kept here, and used by everybody."),
    )

    content = ContentColumn(template_name="homework/_bank_content.html", verbose_name=_("Content"))
    unit = Column(_("Teaching unit"))
    abilities = Column(_("What it trains"))
    minutes = NumberColumn(_("Minutes"), orderable=True)
    times_used = NumberColumn(_("Used"), orderable=True)
    actions = ActionsColumn("homework/_bank_actions.html")

    def __init__(
        self,
        data: Any,
        *,
        may_change: Callable[[BankItem], bool],
        may_retire: Callable[[BankItem], bool],
        **options: Any,
    ) -> None:
        self.may_change, self.may_retire = may_change, may_retire
        super().__init__(data, **options)

    def prepare(self, records: Sequence[Any]) -> None:
        for item in records:
            item.may_change, item.may_retire = self.may_change(item), self.may_retire(item)

    def render_unit(self, value: str, record: BankItem) -> str:
        return f"{record.get_grade_display()} {record.subject} · {value}"


# --- the board -------------------------------------------------------------------------------------------------------


def board_of(item: HomeworkItem) -> str:
    sheet = item.sheet
    return f"{reverse('board:board_class', args=[sheet.school_class_id])}?day={sheet.day.isoformat()}"


class ArchiveTable(ListTable):
    title = _("Archive of homework")
    empty = Empty("archive", _("Nothing found"), _("Try fewer words, or other days."))

    day = TitleColumn(_("Day"), accessor="day_words", url=board_of)
    label = Column(_("Class"), accessor="sheet__label")
    subject = Column(_("Subject"))
    content = Column(_("Content"))
    kind = Column(_("Kind"))
    minutes = NumberColumn(_("Minutes"))

    def prepare(self, records: Sequence[Any]) -> None:
        for item in records:
            item.day_words = cn_date(item.sheet.day, "year")

    def render_kind(self, value: str, record: HomeworkItem) -> str:
        return f"{value} · {record.get_place_display()}"
