"""The lists of the reports: runs, and the rows behind a figure."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.figures import Rows
from reports.models import ReportRun
from school.access import may_enter
from school.models import User
from web.tables import ActionsColumn, Column, DateColumn, Empty, ListTable, TemplateColumn, TitleColumn
from web.templatetags.formats import cn_datetime


class MomentColumn(TitleColumn):
    """A moment that leads to its row."""

    def render(self, value: dt.datetime, record: Any) -> str:
        return super().render(cn_datetime(value), record)


class RunTable(ListTable):
    title = _("Term summary")
    empty = Empty(
        "report-analytics",
        _("No summary yet"),
        _("Summaries of the term stand here, each with its PDF and its workbook."),
    )

    term = TitleColumn(_("Term"), url=ReportRun.get_absolute_url)
    until = DateColumn(_("Figures until"))
    requested_at = Column(_("Asked"))
    status = TemplateColumn(
        template_name="reports/_run_status.html", context_object_name="run", verbose_name=_("Status")
    )
    actions = ActionsColumn("reports/_run_actions.html")

    def render_requested_at(self, value: dt.datetime, record: ReportRun) -> str:
        moment = cn_datetime(value)
        return f"{moment} · {record.requested_by.name}" if record.requested_by else moment


class FileTable(ListTable):
    """Files of agreements to print."""

    title = _("Files made")

    requested_at = MomentColumn(_("Asked for"), url=ReportRun.get_absolute_url)
    by = Column(_("By"), accessor="requested_by__name")
    status = TemplateColumn(
        template_name="reports/_run_status.html", context_object_name="run", verbose_name=_("Status")
    )


class BehindTable(ListTable):
    """The rows behind a figure, under its own columns; the first one leads to where this person may go."""

    taken = ["name"]

    empty = Empty("checks", _("No rows"), _("The figure counts nothing now."))

    def __init__(self, behind: Rows, user: User) -> None:
        self.behind, self.user = behind, user
        first, *others = behind.columns
        columns: list[tuple[str, Column]] = [
            ("cell_0", TitleColumn(first.label, accessor="cells__0", url=lambda row: row.leads_to)),
            *((f"cell_{n}", Column(one.label, accessor=f"cells__{n}")) for n, one in enumerate(others, start=1)),
        ]
        super().__init__(behind.queryset, extra_columns=columns)

    def prepare(self, records: Sequence[Any]) -> None:
        for row in records:
            link = self.behind.link(row) if self.behind.link else ""
            row.leads_to = link if link and may_enter(self.user, link) else None
            row.cells = [column.show(row) for column in self.behind.columns]
