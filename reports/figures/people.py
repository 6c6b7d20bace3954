"""Pupils on roll, who takes part, on which weekdays; agreements; classes enrolled to the last child."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.placing import without_club
from enrollment.models import Agreement, Application, Consent, Enrolment, ReviewStep
from enrollment.models.offers import AFTER_SCHOOL
from reports.figures import rows
from reports.figures.base import (
    PERCENT,
    Part,
    Rows,
    Scope,
    Value,
    figure,
    on_roll,
    once,
    participants,
    share,
    taking_part,
)
from reports.figures.children import ClassCount, class_counts, in_club, total, weekday_counts
from school.models import PolicyRule, Weekday
from school.models.places import grade_name


def by_class(scope: Scope) -> list[Part]:
    return [Part(c.pk, c.label, share(c.taking, c.pupils), c.taking, c.pupils) for c in class_counts(scope)]


def by_grade(scope: Scope) -> list[Part]:
    pupils: dict[int, int] = defaultdict(int)
    taking: dict[int, int] = defaultdict(int)
    for row in class_counts(scope):
        pupils[row.grade] += row.pupils
        taking[row.grade] += row.taking
    return [Part(g, grade_name(g), share(taking[g], pupils[g]), taking[g], pupils[g]) for g in sorted(pupils)]


@figure(
    "on_roll",
    "basics",
    _("Pupils on roll"),
    _("Children who belong to a class on the last day of the period; who left school on that day no longer counts."),
    pgettext_lazy("unit", "children"),
    rows=lambda scope: rows.children(scope.until, on_roll(scope).values("student")),
)
def count_on_roll(scope: Scope) -> Value:
    parts = {
        "grade": [Part(p.key, p.label, p.denominator) for p in by_grade(scope)],
        "class": [Part(p.key, p.label, p.denominator) for p in by_class(scope)],
    }
    return Value(total(scope, "pupils"), by=parts)


@figure(
    "taking_part",
    "basics",
    _("Pupils taking part"),
    _(
        "Children on roll with a participation in after-school care that began by the last day of the period and goes on "
        "after it; one that ended on that day or earlier no longer counts, unless the service itself ended then. Who only "
        "changes its days goes on."
    ),
    pgettext_lazy("unit", "children"),
    rows=lambda scope: rows.children(scope.until, participants(scope).values("student")),
)
def count_taking_part(scope: Scope) -> Value:
    parts = {
        "grade": [Part(p.key, p.label, p.numerator) for p in by_grade(scope)],
        "class": [Part(p.key, p.label, p.numerator) for p in by_class(scope)],
    }
    return Value(total(scope, "taking"), by=parts)


@figure(
    "participation_rate",
    "basics",
    _("Participation rate"),
    _("Pupils taking part ÷ pupils on roll."),
    PERCENT,
    rows=lambda scope: rows.children(scope.until, participants(scope).values("student")),
)
def participation_rate(scope: Scope) -> Value:
    parts = {"grade": by_grade(scope), "class": by_class(scope)}
    return Value.rate(total(scope, "taking"), total(scope, "pupils"), parts)


@figure(
    "not_taking_part",
    "basics",
    _("Pupils not taking part"),
    _("Pupils on roll, less those taking part."),
    pgettext_lazy("unit", "children"),
    rows=lambda scope: rows.children(scope.until, not_taking_part(scope)),
)
def count_not_taking_part(scope: Scope) -> Value:
    return Value(total(scope, "pupils") - total(scope, "taking"))


def not_taking_part(scope: Scope) -> QuerySet[Any]:
    return on_roll(scope).exclude(student__in=taking_part(scope).values("student")).values("student")


@figure(
    "weekdays",
    "basics",
    _("Children a weekday, on the fullest day"),
    _("Children taking part by the weekdays of their participation; the figure is the fullest weekday."),
    pgettext_lazy("unit", "children"),
)
def children_by_weekday(scope: Scope) -> Value:
    parts = [Part(day, str(Weekday(day).label), taking) for day, (taking, _) in weekday_counts(scope).items()]
    return Value(max((part.value or 0 for part in parts), default=0), by={"weekday": parts})


@figure(
    "in_clubs",
    "basics",
    _("Children in clubs"),
    _(
        "Children taking part who have a place in a club of the catalogue ÷ pupils taking part; the others are in care only."
    ),
    PERCENT,
    rows=lambda scope: rows.children(scope.until, club_children(scope)),
)
def share_in_clubs(scope: Scope) -> Value:
    parts = [
        Part(day, str(Weekday(day).label), share(clubs, taking), clubs, taking)
        for day, (taking, clubs) in weekday_counts(scope).items()
    ]
    return Value.rate(total(scope, "in_clubs"), total(scope, "taking"), {"weekday": parts})


def club_children(scope: Scope) -> QuerySet[Any]:
    return participants(scope).filter(in_club(scope)).values("student")


@figure(
    "care_only",
    "basics",
    _("Children in care only"),
    _("Children taking part who have no place in a club."),
    PERCENT,
    rows=lambda scope: rows.children(scope.until, care_children(scope)),
)
def share_in_care_only(scope: Scope) -> Value:
    taking = total(scope, "taking")
    return Value.rate(taking - total(scope, "in_clubs"), taking)


def care_children(scope: Scope) -> QuerySet[Any]:
    return without_club(scope.term, scope.until).values("pk")


@figure(
    "priority",
    "basics",
    _("Children of priority groups taking part"),
    _("Children on roll of groups that come first when places are short, taking part ÷ all of them."),
    PERCENT,
)
def share_of_priority_groups(scope: Scope) -> Value:
    return Value.rate(total(scope, "priority_taking"), total(scope, "priority"))


@figure(
    "applications",
    "signup",
    _("Applications"),
    _("Applications for the term's care made by the last day of the period, by what had become of them by then."),
    pgettext_lazy("unit", "applications"),
)
def count_applications(scope: Scope) -> Value:
    night = night_of(scope)
    made = Application.objects.filter(option__term=scope.term, option__service__in=AFTER_SCHOOL, submitted_at__lt=night)
    counts = Counter(dict(made.order_by().values_list("status").annotate(n=Count("pk"))))
    # What happened since has not happened yet.
    decided = ReviewStep.objects.filter(at__gte=night).values("application")
    signed = Agreement.objects.filter(in_force_at__gte=night).values("application")
    since = Q(pk__in=decided) | Q(pk__in=signed) | Q(status=Application.Status.ENDED)
    read = ("steps", "alternatives", "agreements", "enrolments")
    for application in made.filter(since).select_related("instead_of").prefetch_related(*read):
        counts[application.status] -= 1
        counts[application.status_at(night)] += 1
    counts = +counts
    parts = [Part(s.value, str(s.label), counts[s.value]) for s in Application.Status if s.value in counts]
    return Value(sum(counts.values()), by={"status": parts})


@figure(
    "ended",
    "signup",
    _("Participations ended early"),
    _("Participations in the term's care whose last day lies in the period and before the regular end of the option."),
    pgettext_lazy("unit", "participations"),
    rows=lambda scope: rows.enrolments(ended(scope)),
)
def count_ended(scope: Scope) -> Value:
    return Value(ended(scope).count())


def night_of(scope: Scope) -> dt.datetime:
    """The moment at which the last day of the period is over."""
    return timezone.make_aware(dt.datetime.combine(scope.until + dt.timedelta(days=1), dt.time.min))


def ended(scope: Scope) -> QuerySet[Enrolment]:
    early = Enrolment.objects.filter(option__term=scope.term, option__service__in=AFTER_SCHOOL)
    return early.not_continued().filter(ends_on__range=scope.days, ends_on__lt=F("option__ends_on"))


# --- agreements ------------------------------------------------------------------------------------------------------


def in_force(scope: Scope) -> QuerySet[Agreement]:
    """Agreements that were in force when the last day of the period ended."""
    night = night_of(scope)
    standing = Agreement.objects.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=night))
    return standing.filter(in_force_at__lt=night)


@once
def agreement_counts(scope: Scope) -> dict[str, int]:
    """Participations that go on («whole»), and those of them with each kind of agreement in force."""
    standing = in_force(scope).filter(application__in=taking_part(scope).values("application")).order_by()
    counts = dict.fromkeys(("service", "pick_up", "privacy"), 0) | {"whole": taking_part(scope).count()}
    counts |= dict(standing.values_list("kind").annotate(n=Count("pk", distinct=True)))
    given = taking_part(scope).filter(student__in=consents_given(scope).values("student"))
    return counts | {"privacy": given.count()}


def consents_given(scope: Scope) -> QuerySet[Consent]:
    """The newest word of each family by the end of the period, where it was a consent."""
    decided = Consent.objects.filter(at__lt=night_of(scope), student__in=taking_part(scope).values("student"))
    newest = decided.order_by("student_id", "-at", "-pk").distinct("student_id")
    return Consent.objects.filter(pk__in=newest.values("pk"), decision="given")


AGREEMENTS = {
    "service": ("agreements", _("Service agreements in force")),
    "pick_up": ("undertakings", _("Pick-up undertakings in force")),
    "privacy": ("privacy", _("Consents to data processing in force")),
}


SIGNED = _("Participations whose agreement of this kind every party has signed ÷ all participations that go on.")
PRIVACY = _(
    "Participations of children whose family's last word on the data was a consent ÷ all participations that go on."
)


def register_agreements() -> None:
    for kind, (key, label) in AGREEMENTS.items():

        def compute(scope: Scope, kind: str = kind) -> Value:
            counts = agreement_counts(scope)
            return Value.rate(counts[kind], counts["whole"])

        def behind(scope: Scope, kind: str = kind) -> Rows:
            if kind == "privacy":
                return rows.enrolments(taking_part(scope).filter(student__in=consents_given(scope).values("student")))
            signed = in_force(scope).filter(kind=kind).values("application")
            return rows.enrolments(taking_part(scope).filter(application__in=signed))

        figure(key, "signup", label, PRIVACY if kind == "privacy" else SIGNED, PERCENT, rows=behind)(compute)


register_agreements()


@figure(
    "without_agreement",
    "problems",
    _("Participations without a service agreement in force"),
    _("Participations that go on without a service agreement signed by every party."),
    pgettext_lazy("unit", "participations"),
    rule="S5",
    step=_("The office asks these families for their signature, or ends the participation."),
    rows=lambda scope: rows.enrolments(without_agreement(scope)),
)
def count_without_agreement(scope: Scope) -> Value:
    counts = agreement_counts(scope)
    return Value(counts["whole"] - counts["service"])


def without_agreement(scope: Scope) -> QuerySet[Enrolment]:
    return taking_part(scope).exclude(application__in=in_force(scope).filter(kind="service").values("application"))


@once
def full_from(scope: Scope) -> int:
    """From what share of its children, in per cent, a class is looked at (S5)."""
    value = PolicyRule.objects.value("S5", day=scope.until, measure="class_share")
    return 101 if value is None else int(value)


def full_classes(scope: Scope) -> list[ClassCount]:
    limit = full_from(scope)
    return [c for c in class_counts(scope) if c.pupils and 100 * c.taking >= limit * c.pupils]


@figure(
    "classes_full",
    "problems",
    _("Classes enrolled to the last child"),
    _("Classes whose share of children taking part reaches the limit of the rule: is it voluntary there?"),
    pgettext_lazy("unit", "classes"),
    rule="S5",
    step=_("The office asks some families of these classes whether they chose freely."),
    rows=lambda scope: rows.classes(scope.until, {c.pk: f"{c.taking}/{c.pupils}" for c in full_classes(scope)}),
)
def count_full_classes(scope: Scope) -> Value:
    full = len(full_classes(scope))
    return Value(full, full, len(class_counts(scope)))
