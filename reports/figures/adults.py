"""Staff who take part, people from outside, care groups and the gaps in them."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models import Club, ClubSlot
from enrollment.models import CareDuty, CareGroup, Collector, LeavesAlone, ServiceOption
from reports.figures import rows
from reports.figures.base import (
    PERCENT,
    SERVICES,
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
from safety.models import Session
from school.models import Credential, Period, SchoolSettings, Staff, Weekday


def people_at_work(scope: Scope) -> Q:
    """Staff with a duty, a club or a session of the term."""
    clubs = Club.objects.filter(term=scope.term, status=Club.Status.PUBLISHED).values("instructor")
    slots = ClubSlot.objects.filter(term=scope.term, club__status=Club.Status.PUBLISHED).values("instructor")
    duties = CareDuty.objects.filter(term=scope.term).values("staff")
    sessions = Session.objects.filter(day__range=scope.days).values("staff")
    return Q(pk__in=clubs) | Q(pk__in=slots) | Q(pk__in=duties) | Q(pk__in=sessions)


@once
def staff_counts(scope: Scope) -> dict[str, int]:
    own, at_work = Q(kind=Staff.Kind.EMPLOYEE), people_at_work(scope)
    return Staff.objects.active(scope.until).aggregate(
        own=Count("pk", filter=own),
        own_at_work=Count("pk", filter=own & at_work),
        outside=Count("pk", filter=~own & at_work),
    )


@figure(
    "staff",
    "staff",
    _("Staff of the school"),
    _("Employees who had not left by the last day of the period."),
    pgettext_lazy("unit", "people"),
    rows=lambda scope: rows.staff(Staff.objects.active(scope.until).filter(kind=Staff.Kind.EMPLOYEE)),
)
def count_staff(scope: Scope) -> Value:
    return Value(staff_counts(scope)["own"])


@figure(
    "staff_rate",
    "staff",
    _("Staff taking part"),
    _("Employees with a care duty, a club or a session of the term ÷ all employees."),
    PERCENT,
    rows=lambda scope: rows.staff(
        Staff.objects.active(scope.until).filter(people_at_work(scope), kind=Staff.Kind.EMPLOYEE)
    ),
)
def share_of_staff(scope: Scope) -> Value:
    counts = staff_counts(scope)
    return Value.rate(counts["own_at_work"], counts["own"])


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
    return Value(staff_counts(scope)["outside"])


def without_papers(scope: Scope) -> QuerySet[Staff]:
    """Outside people at work whose qualification or record check does not hold on the last day (S11, S12)."""
    holds = Credential.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=scope.until), staff=OuterRef("pk"), starts_on__lte=scope.until
    )
    kinds = (Credential.Kind.QUALIFICATION, Credential.Kind.RECORD_CHECK)
    return outside_staff(scope).exclude(*[Q(Exists(holds.filter(kind=kind))) for kind in kinds])


@figure(
    "papers_missing",
    "problems",
    _("People from outside without valid papers"),
    _("Outside people taking part without a qualification and a record check that hold on the last day of the period."),
    pgettext_lazy("unit", "people"),
    rule="S12",
    step=_("They do not lead a club again before the office has seen the papers."),
    rows=lambda scope: rows.staff(without_papers(scope)),
)
def count_without_papers(scope: Scope) -> Value:
    return Value(without_papers(scope).count())


# --- care groups -----------------------------------------------------------------------------------------------------


@once
def group_sizes(scope: Scope) -> list[dict[str, Any]]:
    """Groups of the term with the children who have a place in them."""
    here = Count("members__student", filter=Q(members__in=places(scope)), distinct=True)
    groups = CareGroup.objects.filter(term=scope.term).order_by("grade", "name").annotate(size=here)
    return [dict(group) for group in groups.values("pk", "name", "grade", "size")]


@figure(
    "care_groups",
    "staff",
    _("Care groups"),
    _("Care groups of the term with at least one child who takes part."),
    pgettext_lazy("unit", "groups"),
    rows=lambda scope: group_rows(scope),
)
def count_groups(scope: Scope) -> Value:
    parts = [Part(g["pk"], g["name"], g["size"]) for g in group_sizes(scope) if g["size"]]
    return Value(len(parts), by={"group": parts})


def group_rows(scope: Scope) -> Rows:
    sizes = {group["pk"]: group["size"] for group in group_sizes(scope) if group["size"]}
    return Rows(
        CareGroup.objects.filter(pk__in=sizes).order_by("grade", "name"),
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
    sizes = [group["size"] for group in group_sizes(scope) if group["size"]]
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
    return Value(without_group(scope).count())


def without_group(scope: Scope) -> QuerySet[Any]:
    return participants(scope).exclude(student__in=places(scope).values("student")).values("student")


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
    return Value(without_collector(scope).count())


def without_collector(scope: Scope) -> QuerySet[Any]:
    allowed = Collector.objects.allowed(scope.until).values("student")
    alone = LeavesAlone.objects.on(scope.until).filter(agreement__in_force_at__isnull=False).values("student")
    waiting = participants(scope).exclude(student__in=allowed).exclude(student__in=alone)
    return waiting.values("student")


@once
def duty_gaps(scope: Scope) -> tuple[list[tuple[int, int, int]], int]:
    """(group, weekday, period) with fewer adults than the school wants, and how many duties there are."""
    offers = ServiceOption.objects.filter(term=scope.term, service__in=SERVICES)
    offered = set(offers.values_list("pk", "periods"))
    days = dict(offers.values_list("pk", "weekdays"))
    groups = {g["pk"] for g in group_sizes(scope) if g["size"]}
    used = places(scope).order_by().values_list("group", "enrolment__option").distinct()
    wanted = {
        (group, day, period)
        for group, option in used
        if group in groups
        for offer, period in offered
        if offer == option and period
        for day in days[option]
    }
    duties = CareDuty.objects.filter(term=scope.term).order_by().values_list("group", "weekday", "period")
    adults = {(g, w, p): n for g, w, p, n in duties.annotate(n=Count("pk"))}
    need = SchoolSettings.load().adults_at_once
    return sorted(slot for slot in wanted if adults.get(slot, 0) < need), len(wanted)


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
    gaps, wanted = duty_gaps(scope)
    names = {group["pk"]: group["name"] for group in group_sizes(scope)}
    periods = {period.pk: str(period) for period in Period.objects.all()}
    parts = [Part(f"{g}-{w}-{p}", f"{names[g]} · {Weekday(w).label} · {periods[p]}", 1) for g, w, p in gaps[:50]]
    return Value(len(gaps), len(gaps), wanted, {"duty": parts})
