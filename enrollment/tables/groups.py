"""Care groups of a term."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from enrollment.models import CareGroup
from web.tables import ActionsColumn, Column, Empty, ListTable, NumberColumn, TitleColumn


class GroupTable(ListTable):
    title = _("Care groups")
    empty = Empty(
        "users-group",
        _("No care groups yet"),
        _("Classes with enough children stay on their own, smaller ones merge within the grade."),
    )
    taken = ["none"]

    name = TitleColumn(_("Group"), url="enrollment:group_detail")
    room = Column(_("Room"))
    children = NumberColumn(_("Children"), sums=True)
    duties_there = NumberColumn(_("Duties filled"))
    actions = ActionsColumn("enrollment/_group_actions.html")

    def __init__(self, data: Any, *, day: dt.date, **options: Any) -> None:
        self.day = day
        super().__init__(data, **options)

    def prepare(self, records: Sequence[CareGroup]) -> None:
        for group in records:
            group.room = group.room_on(self.day)  # type: ignore[attr-defined]
