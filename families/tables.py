"""The lists of the family office's pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from families.models import CommitteeMember, Meeting, Opinion
from school.models import SchoolClass, SpecialGroupMembership
from web.tables import Column, DateColumn, DateTimeColumn, Empty, ListTable, NarrowColumn, NumberColumn, TitleColumn

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
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
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
    class_label = NarrowColumn(_("Class"))
    groups = Column(_("Special groups"))

    def prepare(self, records: Sequence[Any]) -> None:
        groups = groups_of(child.pk for child in records)
        for child in records:
            child.groups = groups.get(child.pk, "")


def ending(seat: CommitteeMember) -> str | None:
    """Where a seat is given up, for those who may (the list's rows say `may_end`)."""
    return reverse("families:member_end", args=[seat.pk]) if seat.may_end else None  # type: ignore[attr-defined]


class MemberTable(ListTable):
    title = _("Parents' committee")
    empty = Empty(
        "users",
        _("No member here"),
        _(
            "Each class sends its members; they sign in with their own phone and see meetings, public opinions and "
            "what is published, no child's data."
        ),
    )
    taken = ["name"]

    name = TitleColumn(_("Name"), accessor="guardian__name", url=ending)
    school_class = NarrowColumn(_("Class"))
    function = Column(_("Function"))
    starts_on = DateColumn(_("From"), orderable=True)
    ends_on = DateColumn(_("To"), orderable=True)


class MeetingTable(ListTable):
    title = _("Parents' meetings")
    empty = Empty(
        "users",
        _("No meeting here"),
        _(
            "Meetings of the committee, of all parents and of a class are recorded here, with who was there and "
            "what was decided."
        ),
    )
    taken = ["meetings"]

    kind = TitleColumn(_("Meeting"), url=Meeting.get_absolute_url)
    school_class = NarrowColumn(_("Class"))
    day = DateColumn(_("Day"), orderable=True)
    place = Column(_("Place"))
    attended = NumberColumn(_("Families present"), orderable=True)
    invited = NumberColumn(_("Families invited"), orderable=True)
    published_at = DateTimeColumn(_("Open to families since"))


class OpinionTable(ListTable):
    title = _("Opinions")
    empty = Empty(
        "message-circle",
        _("Nothing here"),
        _("What guardians write waits here for its answer, the oldest first."),
    )
    taken = ["opinion"]

    beginning = TitleColumn(_("Opinion"), url=Opinion.get_absolute_url)
    about = Column(_("About"))
    to = Column(_("Addressed to"))
    school_class = NarrowColumn(_("Class"))
    sent_at = DateTimeColumn(_("Sent on"), orderable=True)
    age_days = NumberColumn(_("Age in days"))
    due_on = DateColumn(_("Answer until"), orderable=True)
    state = Column(_("Status"))
    made_public_at = DateTimeColumn(_("Public since"))

    def render_state(self, value: str, record: Opinion) -> str | Promise:
        return _("overdue") if record.is_overdue else value


class VisitTable(ListTable):
    title = _("Home visits")
    empty = Empty(
        "home",
        _("No visit here"),
        _("Visits are planned from the list of a class: it shows who has had none this year."),
    )
    taken = ["name", "visits"]

    child = TitleColumn(_("Child"), accessor="student__name", url="families:visit_detail")
    school_class = NarrowColumn(_("Class"))
    day = DateColumn(_("Day"), orderable=True)
    way = Column(_("Way"))
    visitor_names = Column(_("Visitors"))
    state = Column(_("Status"))


def plan(school_class: SchoolClass) -> str | None:
    """The plan of a class, for those who lead it (the list's rows say `is_led`)."""
    led: bool = school_class.is_led  # type: ignore[attr-defined]
    return reverse("families:visit_plan", args=[school_class.pk]) if led else None


class VisitCountTable(ListTable):
    title = _("Visits by class")
    empty = Empty("home", _("No class here"))
    taken = ["visits"]

    label = TitleColumn(_("Class"), url=plan)
    children = NumberColumn(_("Children"), sums=True)
    visited = NumberColumn(_("Visited this year"), orderable=True, sums=True)
    in_term = NumberColumn(_("Visits this term"), orderable=True, sums=True)
    ahead = NumberColumn(_("Planned"), orderable=True, sums=True)


class VisitPlanTable(ListTable):
    subtitle = _("A name leads to planning or recording a visit.")
    empty = Empty("home", _("Nobody here"), _("Look in the other tabs."))
    taken = ["name", "visits"]

    name = TitleColumn(_("Child"), url="families:visit_add")
    last = DateColumn(_("Last visit"), orderable=True)
    ahead = DateColumn(_("Planned"), orderable=True)
