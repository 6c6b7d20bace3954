"""The lists of the afternoon."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety.models import Substitution
from safety.places import DayPlaces
from safety.whereabouts import whereabouts
from school.models import Period
from web.tables import (
    ActionsColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    Empty,
    ListTable,
    NarrowColumn,
    StatusColumn,
    TemplateColumn,
    TitleColumn,
)
from web.templatetags.formats import cn_date, times

CALL_KIND = {"present": "ok", "absent": "danger", "leave": "wait", "left": "neutral"}


class SubstitutionTable(ListTable):
    title = _("Standing in")
    empty = Empty(
        "user-check",
        _("Every session has its adult"),
        _("When somebody cannot come, the sessions concerned stand here until somebody stands in."),
    )
    taken = ["none"]

    session = TitleColumn(_("Session"), accessor="session__title", url="safety:substitution_detail")
    day = Column(_("Day"), accessor="session__day")
    away = Column(_("Away"), accessor="absence__staff__name")
    stands_in = TemplateColumn(template_name="safety/_stands_in.html", verbose_name=_("Stands in"), accessor="state")

    def render_day(self, value: dt.date, record: Substitution) -> str:
        return f"{cn_date(value)} {record.session.period}"


class WhereTable(ListTable):
    """Rows of clubs.placing.places_on(); `places` are those of their day, `now` says whether the day is today."""

    title = _("Who is where")
    empty = Empty("map-pin", _("Nobody takes part then"), _("Choose a school day and a period."))
    taken = ["name", "class", "place"]

    child = TitleColumn(_("Child"), accessor="student__name")
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    place = Column(_("Place"))
    room = Column(_("Room"))
    adult = Column(_("Adult"))
    now = TemplateColumn(template_name="safety/_now.html", verbose_name=_("Now"), empty_values=())

    def __init__(self, data: Any, *, places: DayPlaces, period: Period | None, now: bool, **options: Any) -> None:
        self.places, self.period = places, period
        super().__init__(data, exclude=() if now else ("now",), **options)

    def prepare(self, records: Sequence[Any]) -> None:
        at = {}
        if "now" in self.columns.names():
            at = {one.student.pk: one for one in whereabouts([row.student for row in records], self.places.day)}
        for row in records:
            place = self.places.of(row, self.period.pk) if self.period else None
            row.place = place.title if place else gettext("no place yet")
            row.room, row.adult = (place.room, place.adult) if place else ("", "")
            row.now = at.get(row.student_id)


class AttendanceTable(ListTable):
    """Rows with their session's period, group and club."""

    title = _("Roll calls of this term")
    empty = Empty("checkbox", _("No roll call here"), _("The rolls at which this child is expected stand here."))
    taken = ["name", "attendance"]

    day = DateColumn(_("Day"), accessor="session__day")
    period = Column(_("Period"), accessor="session__period")
    session = Column(_("Group or club"), accessor="session__title", orderable=False)
    status = StatusColumn(_("Status"), kinds=CALL_KIND)
    at = DateTimeColumn(_("Called"))


class InCareTable(ListTable):
    """Children whom somebody answers for now."""

    title = _("Still in our care")

    child = TitleColumn(_("Child"), accessor="student__name")
    staff = Column(_("Responsible adult"), accessor="staff__name")
    since = Column(_("Since"))
    actions = ActionsColumn("safety/_hand_over.html")

    def render_since(self, value: dt.datetime) -> str:
        return times(value)
