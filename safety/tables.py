"""The lists of the afternoon."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from safety.models import Substitution
from web.tables import ActionsColumn, Column, Empty, ListTable, TemplateColumn, TitleColumn
from web.templatetags.formats import cn_date, times


class SubstitutionTable(ListTable):
    title = _("Standing in")
    empty = Empty(
        "user-check",
        _("Every session has its adult"),
        _("When somebody cannot come, the sessions concerned stand here until somebody stands in."),
    )

    session = TitleColumn(_("Session"), accessor="session__title", url="safety:substitution_detail")
    day = Column(_("Day"), accessor="session__day")
    away = Column(_("Away"), accessor="absence__staff__name")
    stands_in = TemplateColumn(template_name="safety/_stands_in.html", verbose_name=_("Stands in"), accessor="state")

    def render_day(self, value: dt.date, record: Substitution) -> str:
        return f"{cn_date(value)} {record.session.period}"


class InCareTable(ListTable):
    """Children whom somebody answers for now."""

    title = _("Still in our care")

    child = TitleColumn(_("Child"), accessor="student__name")
    staff = Column(_("Responsible adult"), accessor="staff__name")
    since = Column(_("Since"))
    actions = ActionsColumn("safety/_hand_over.html")

    def render_since(self, value: dt.datetime) -> str:
        return times(value)
