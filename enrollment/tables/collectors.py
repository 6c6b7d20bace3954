"""Who may collect, and the concerns that the duty leader decides."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enrollment.models import Collector, Concern
from web.tables import ActionsColumn, Column, DateColumn, Empty, ListTable, TitleColumn
from web.templatetags.components import status_badge
from web.templatetags.formats import cn_datetime

CONCERN_KIND = {"cleared": "ok", "held": "danger", "waiting": "attention"}


class CollectorTable(ListTable):
    title = _("Collectors")
    empty = Empty(
        "users",
        _("Nobody here"),
        _("Families name the adults who collect when they apply, and on their phone later."),
    )
    taken = ["name", "phone"]

    child = TitleColumn(
        _("Child"),
        accessor="student__name",
        url=lambda row: reverse("enrollment:collector_list", args=[row.student_id]),
    )
    name = Column(_("Name"))
    relation = Column(_("Relation"))
    kind = Column(_("Kind"))
    phone = Column(_("Mobile phone"), visible=False)
    starts_on = DateColumn(_("From"))
    ends_on = DateColumn(_("To"), accessor="until")
    entered_by = Column(_("Entered by"), accessor="entered_by__name", exclude_from_export=True)

    def render_kind(self, value: str, record: Collector) -> str:
        return status_badge(value, "danger") if record.kind == Collector.Kind.BARRED else value

    def value_kind(self, value: str) -> str:
        return value


class ConcernTable(ListTable):
    title = _("Concerns")
    subtitle = _(
        "Without a document the duty leader decides, for the day. Until then the adult named does not get the child."
    )
    empty = Empty(
        "shield-check",
        _("No concern here"),
        _("Guardians and teachers report from the page of the child; it stands here at once."),
    )
    taken = ["name", "concern"]

    day = DateColumn(_("Day"), visible=False)
    child = TitleColumn(
        _("Child"), accessor="student__name", url=lambda row: reverse("school:student_detail", args=[row.student_id])
    )
    about = Column(_("About whom"), empty_values=())
    words = Column(_("Concern"))
    reported_by = Column(_("Reported"), accessor="reported_by__name")
    state = Column(_("Decision"))
    decision = Column(_("Why?"), visible=False)
    actions = ActionsColumn("enrollment/_concern_actions.html")

    def render_about(self, value: str) -> str:
        return value or gettext("everybody")

    def value_about(self, value: str) -> str:
        return value

    def render_reported_by(self, value: str, record: Concern) -> str:
        return f"{value}, {cn_datetime(record.reported_at)}"

    def value_reported_by(self, value: str) -> str:
        return value

    def render_state(self, value: str, record: Any) -> SafeString:
        badge = status_badge(value, CONCERN_KIND[record.state])
        if record.decided_by is None:
            return badge
        return format_html("{} {} ({})", badge, record.decision, record.decided_by.name)

    def value_state(self, value: str) -> str:
        return value
