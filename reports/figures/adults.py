"""Staff who take part, people from outside, care groups and the gaps in them."""

from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.participation import Participation, employees, has_task, participation
from enrollment.duty_table import duty_gaps
from enrollment.models import CareGroup
from reports.figures import rows
from reports.figures.base import (
    PERCENT,
    Column,
    Part,
    Rows,
    Scope,
    Value,
    figure,
    once,
    participants,
    places,
)
from reports.figures.children import class_counts, collected, in_group, total
from safety.models import Session
from school.models import Credential, Period, Staff, Weekday
from school.models.dated import on_day


def people_at_work(scope: Scope) -> Q:
    """Staff with a duty, a club or a session of the term."""
    sessions = Session.objects.held().filter(day__range=scope.days).values("staff")
    return has_task(scope.term, scope.until) | Q(pk__in=sessions)


@once
def own_staff(scope: Scope) -> Participation:
    return participation(scope.term, scope.until)


@once
def outside_counts(scope: Scope) -> dict[str, int]:
    """People from outside at work, and those of them without papers."""
    return outside_staff(scope).aggregate(outside=Count("pk"), without_papers=Count("pk", filter=~has_papers(scope)))


@figure(
    "staff",
    "staff",
    _("Staff of the school"),
    _("Employees who had not left by the last day of the period."),
    pgettext_lazy("unit", "people"),
    rows=lambda scope: rows.staff(employees(scope.until)),
)
def count_staff(scope: Scope) -> Value:
    return Value(own_staff(scope).employees)


@figure(
    "staff_rate",
    "staff",
    _("Staff taking part"),
    _(
        "Employees with a care duty of the term, or who lead a club that runs or have led one ÷ all employees; who is exempt is "
        "among all."
    ),
    PERCENT,
    rows=lambda scope: rows.staff(employees(scope.until).filter(has_task(scope.term, scope.until))),
)
def share_of_staff(scope: Scope) -> Value:
    counts = own_staff(scope)
    return Value.rate(counts.taking_part, counts.employees)


def outside_staff(scope: Scope) -> QuerySet[Staff]:
    return Staff.objects.active(scope.until).exclude(kind=Staff.Kind.EMPLOYEE).filter(people_at_work(scope))


@figure(
    "outside_staff",
    "staff",
    _("People from outside taking part"),
    _("Outside instructors and volunteers with a duty, a club or a session of the term; not among the staff above."),
    pgettext_lazy("unit", "people"),
    rows=lambda scope: rows.staff(outside_staff(scope)),
)
def count_outside_staff(scope: Scope) -> Value:
    return Value(outside_counts(scope)["outside"])


def has_papers(scope: Scope) -> Q:
    """A qualification and a record check hold on the last day (S11, S12)."""
    holds = Credential.objects.filter(on_day(scope.until), staff=OuterRef("pk"))
    kinds = (Credential.Kind.QUALIFICATION, Credential.Kind.RECORD_CHECK)
    qualified, checked = (Q(Exists(holds.filter(kind=kind))) for kind in kinds)
    return qualified & checked


@figure(
    "papers_missing",
    "problems",
    _("People from outside without valid papers"),
    _("Outside people taking part without a qualification and a record check that hold on the last day of the period."),
    pgettext_lazy("unit", "people"),
    rule="S12",
    step=_("They do not lead a club again before the office has seen the papers."),
    rows=lambda scope: rows.staff(outside_staff(scope).exclude(has_papers(scope))),
)
def count_without_papers(scope: Scope) -> Value:
    return Value(outside_counts(scope)["without_papers"])


# --- care groups -----------------------------------------------------------------------------------------------------


class GroupCount(NamedTuple):
    pk: int
    name: str
    size: int
    options: tuple[int, ...]


@once
def group_counts(scope: Scope) -> list[GroupCount]:
    """Groups with the children who have a place in them, and the options by which those take part."""
    counted = (
        places(scope)
        .order_by("group__grade", "group__name", "group")
        .values_list("group", "group__name", "enrolment__option")
        .annotate(size=Count("student", distinct=True))
    )
    groups = []
    for (pk, name), lines in groupby(counted, key=lambda line: (line[0], line[1])):
        options, sizes = zip(*[(option, size) for _pk, _name, option, size in lines], strict=True)
        groups.append(GroupCount(pk, name, sum(sizes), options))
    return groups


@figure(
    "care_groups",
    "staff",
    _("Care groups"),
    _("Care groups of the term with at least one child who takes part."),
    pgettext_lazy("unit", "groups"),
    rows=lambda scope: group_rows(scope),
)
def count_groups(scope: Scope) -> Value:
    parts = [Part(group.pk, group.name, group.size) for group in group_counts(scope)]
    return Value(len(parts), by={"group": parts})


def group_rows(scope: Scope) -> Rows:
    sizes = {group.pk: group.size for group in group_counts(scope)}
    return Rows(
        CareGroup.objects.filter(pk__in=sizes),
        (Column(_("Care group"), lambda g: g.name), Column(_("Children"), lambda g: sizes[g.pk])),
        lambda g: reverse("enrollment:group_detail", args=[g.pk]),
    )


@figure(
    "group_size",
    "staff",
    _("Children in a care group, on average"),
    _("Children with a place ÷ care groups with children."),
    pgettext_lazy("unit", "children"),
    rows=lambda scope: group_rows(scope),
)
def mean_group_size(scope: Scope) -> Value:
    sizes = [group.size for group in group_counts(scope)]
    return Value.mean(sum(sizes), len(sizes))


@figure(
    "without_group",
    "problems",
    _("Children without a care group"),
    _("Children taking part who have no place in a care group."),
    pgettext_lazy("unit", "children"),
    rule="S9",
    step=_("The office places them in a group."),
    rows=lambda scope: rows.children(scope.until, without_group(scope)),
)
def count_without_group(scope: Scope) -> Value:
    return Value(total(scope, "without_group"))


def without_group(scope: Scope) -> QuerySet[Any]:
    return participants(scope).exclude(in_group(scope)).values("student")


@figure(
    "without_collector",
    "problems",
    _("Children whom nobody may collect"),
    _("Children taking part with no authorised adult on the last day of the period who do not go home alone either."),
    pgettext_lazy("unit", "children"),
    rule="T9",
    step=_("The homeroom teacher asks the family to name who collects."),
    rows=lambda scope: rows.children(scope.until, without_collector(scope)),
)
def count_without_collector(scope: Scope) -> Value:
    return Value(len(without_collector(scope)))


def without_collector(scope: Scope) -> set[int]:
    """Pks of children who take part."""
    return {pk for row in class_counts(scope) for pk in row.takers or ()} - collected(scope)


@once
def gaps_of(scope: Scope) -> tuple[list[tuple[int, int, int]], int]:
    return duty_gaps(scope.term, scope.until)


@figure(
    "duty_gaps",
    "problems",
    _("Duties without an adult"),
    _("Care group, weekday and period of the week's plan with fewer adults than the school wants at once."),
    pgettext_lazy("unit", "duties"),
    rule="S9",
    step=_("The office assigns somebody to each."),
)
def count_duty_gaps(scope: Scope) -> Value:
    gaps, wanted = gaps_of(scope)
    if not gaps:
        return Value(0, 0, wanted, {"duty": []})
    names = dict(CareGroup.objects.filter(term=scope.term).values_list("pk", "name"))
    periods = {period.pk: str(period) for period in Period.objects.all()}
    parts = [Part(f"{g}-{w}-{p}", f"{names[g]} · {Weekday(w).label} · {periods[p]}", 1) for g, w, p in gaps[:50]]
    return Value(len(gaps), len(gaps), wanted, {"duty": parts})
