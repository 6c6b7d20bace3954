"""The lists of the surveys' pages."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from surveys.models import Survey
from web.tables import Column, DateTimeColumn, Empty, ListTable, NumberColumn, TitleColumn
from web.templatetags.components import status_badge
from web.templatetags.formats import DASH, count


class SurveyTable(ListTable):
    title = _("Surveys")
    empty = Empty(
        "forms",
        _("No survey here"),
        _("Before each term the school asks all families what they need. A starter questionnaire is ready."),
    )
    taken = ["surveys"]

    name = TitleColumn(_("Title"), accessor="title", url=Survey.get_absolute_url)
    kind = Column(_("Kind"))
    term = Column(_("Term"))
    grades = Column(_("Grades"))
    opens_at = DateTimeColumn(_("Opens"), visible=False)
    closes_at = DateTimeColumn(_("Closes"), orderable=True)
    state = Column(_("Status"), exclude_from_export=True)
    anonymous = Column(_("Anonymous"), visible=False)
    answered = NumberColumn(_("Answers"), orderable=True)

    def render_kind(self, value: str, record: Survey) -> str:
        return f"{value} · {_('anonymous')}" if record.anonymous else value

    def value_kind(self, value: str) -> str:
        return value

    def render_state(self, value: tuple[str, str]) -> Any:
        return status_badge(*value)

    def value_anonymous(self, value: bool) -> str | Promise:
        return _("yes") if value else _("no")

    def render_answered(self, value: int, record: Survey) -> str:
        if record.is_draft:
            return DASH
        return format_html('<a href="{}">{}</a>', reverse("surveys:survey_results", args=[record.pk]), count(value))

    def value_answered(self, value: int) -> int:
        return value
