"""The lists of the family office's pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from school.models import SpecialGroupMembership
from web.tables import Column, DateColumn, Empty, ListTable, NumberColumn, TitleColumn

NO_CARE_FILE = Empty(
    "heart-handshake",
    _("No file here"),
    _(
        "Children of special groups without a file stand in their own tab; open a file there. "
        "A search by name finds other children."
    ),
)
WHO_READS = _("Read by the two offices, the homeroom teacher and the helper only. Opening a file is logged.")


def groups_of(students: Iterable[int]) -> dict[int, str]:
    """The names of each child's special groups, in one query."""
    names: dict[int, list[str]] = {}
    rows = SpecialGroupMembership.objects.filter(student__in=list(students)).select_related("group")
    for row in rows:
        names.setdefault(row.student_id, []).append(row.group.name)
    return {pk: "、".join(found) for pk, found in names.items()}


class CareFileTable(ListTable):
    title = _("Care files")
    subtitle = WHO_READS
    empty = NO_CARE_FILE
    taken = ["name", "special_groups", "helper"]

    child = TitleColumn(_("Child"), accessor="student__name", url="families:care_detail")
    class_label = Column(_("Class"), accessor="student__class_label")
    groups = Column(_("Special groups"))
    helper = Column(_("Helper"), accessor="helper__name")
    helper_since = DateColumn(_("Since"))
    n = NumberColumn(_("Records"))
    last = DateColumn(_("Last"))
    closed_on = DateColumn(_("Closed"))

    def prepare(self, records: Sequence[Any]) -> None:
        groups = groups_of(file.student_id for file in records)
        for file in records:
            file.groups = groups.get(file.student_id, "")


class WithoutFileTable(ListTable):
    title = _("Children without a care file")
    subtitle = WHO_READS
    empty = NO_CARE_FILE
    taken = ["name", "special_groups"]

    name = TitleColumn(_("Child"), url="families:care_add")
    class_label = Column(_("Class"))
    groups = Column(_("Special groups"))

    def prepare(self, records: Sequence[Any]) -> None:
        groups = groups_of(child.pk for child in records)
        for child in records:
            child.groups = groups.get(child.pk, "")
