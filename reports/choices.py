"""Which agreements are printed together."""

from typing import Any

from enrollment.models import Agreement
from enrollment.models.agreements import AgreementQuerySet
from school.models import ClassMembership, Term
from school.models.calendar import school_year_of
from school.models.dated import on_day


def chosen(term: Term, arguments: dict[str, Any]) -> AgreementQuerySet:
    """Agreements of the term by `kind`, `school_class` (pk) or `grade` at the term's start, and `state`; in the order of
    classes and names, so that a class's papers lie together."""
    rows = Agreement.objects.filter(application__option__term=term)
    if arguments.get("kind"):
        rows = rows.filter(kind=arguments["kind"])
    if arguments.get("state", "in_force") == "in_force":
        rows = rows.filter(in_force_at__isnull=False)
    members = ClassMembership.objects.all()
    if arguments.get("school_class"):
        members = members.filter(school_class=arguments["school_class"])
    if arguments.get("grade"):
        year = school_year_of(term.starts_on) - arguments["grade"] + 1
        members = members.filter(school_class__entry_year=year)
    in_class = members.filter(on_day(term.starts_on)) | members.filter(starts_on__range=(term.starts_on, term.ends_on))
    return rows.filter(application__student__in=in_class.values("student")).order_by(
        "application__student__name_key", "application", "kind"
    )
