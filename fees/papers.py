"""The papers of fees: the sheet for the wall, the roll book of a month, a family's statement."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import Filled, Paper
from enrollment.models import CareGroup
from fees.balances import account_of
from fees.models import Entry, RefundRule, Roster, RosterLine
from fees.scale import published_of, unpublished_in
from school.models import Student, Term
from web.templatetags.formats import month_name


def notice_sheet(term: Term) -> Filled:
    """All published lines of the term on one A4 page (收费公示)."""
    rules = RefundRule.objects.filter(term=term).select_related("option").with_effect()
    context = {
        "notices": published_of(term),
        "term": term,
        # What can have no effect is promised to nobody.
        "rules": [one for one in rules if one.has_effect],
        "source": _("Fee notice"),
    }
    return f"{_('Fee notice')} {term}", context


def some_term(site: str) -> tuple[Any, ...] | None:
    term = Term.objects.current(timezone.localdate())
    return (term,) if term and not unpublished_in(term) else None


NOTICE_SHEET = Paper(
    "notice_sheet",
    gettext_lazy("Fee notice"),
    gettext_lazy("hangs in every classroom and at the gate"),
    notice_sheet,
    some_term,
    "fees/pdf/notice_sheet.html",
    fit="page",
)


def roster_sheet(roster: Roster, group: CareGroup) -> Filled:
    """A group's roll book of the month (点名册)."""
    context = {
        "roster": roster,
        "group": group,
        "room": group.room_on(roster.first),
        "lines": list(roster.lines.filter(group=group).one_a_child(roster.first)),
        "source": f"{roster.term} · {group.name}",
    }
    return f"{group.name} {month_name(roster.first)}", context


def some_roster(site: str) -> tuple[Any, ...] | None:
    line = RosterLine.objects.filter(group__isnull=False).select_related("roster__term").order_by("-pk").first()
    return (line.roster, CareGroup.objects.with_rooms().get(pk=line.group_id)) if line else None


ROSTER_SHEET = Paper(
    "roster_sheet",
    gettext_lazy("Roll book of a month"),
    gettext_lazy("in the room of the group; the office files it"),
    roster_sheet,
    some_roster,
    "fees/pdf/roster_sheet.html",
    fit="page",
    private=True,
)


def statement(student: Student, term: Term | None) -> Filled:
    """The account of a child, the oldest entry first; it is a statement, no receipt."""
    context = account_of(student) | {"term": term, "source": _("Fees")}
    context["entries"] = context["entries"][::-1]
    return f"{_('Statement')} {student.name}", context


def some_account(site: str) -> tuple[Any, ...] | None:
    entry = Entry.objects.order_by("pk").first()
    if entry is None:
        return None
    today = timezone.localdate()
    return Student.objects.with_class(today).get(pk=entry.student_id), Term.objects.current(today)


STATEMENT = Paper(
    "statement",
    gettext_lazy("Statement of fees"),
    gettext_lazy("for the family; no receipt"),
    statement,
    some_account,
    "fees/pdf/statement.html",
    private=True,
)


def register() -> None:
    papers.register(NOTICE_SHEET, ROSTER_SHEET, STATEMENT)
