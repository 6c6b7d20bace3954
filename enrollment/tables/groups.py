"""Care groups of a term."""

from django.utils.translation import gettext_lazy as _

from web.tables import ActionsColumn, Column, Empty, ListTable, NumberColumn, TitleColumn


class GroupTable(ListTable):
    title = _("Care groups")
    empty = Empty(
        "users-group",
        _("No care groups yet"),
        _("Classes with enough children stay on their own, smaller ones merge within the grade."),
    )

    name = TitleColumn(_("Group"), url="enrollment:group_detail")
    room = Column(_("Room"))
    children = NumberColumn(_("Children"))
    duties_there = NumberColumn(_("Duties filled"))
    actions = ActionsColumn("enrollment/_group_actions.html")
