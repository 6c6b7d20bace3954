"""Which families have been visited this school year, by child and by class (R043)."""

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from families.models import HomeVisit
from school.models import SchoolClass, Student, Term
from school.models.calendar import school_year_of


def year_begins() -> dt.date:
    """The first day of this school year."""
    today = timezone.localdate()
    first = Term.objects.filter(school_year=school_year_of(today)).order_by("starts_on").first()
    return first.starts_on if first else today.replace(month=1, day=1)


def with_counts(classes: Any) -> Any:
    """Classes with their `children`, those `visited` this school year, visits held `in_term` and those `ahead`."""
    first = year_begins()
    term = Term.objects.current(timezone.localdate())
    members = (
        Student.objects.filter(class_memberships__school_class=OuterRef("pk"), class_memberships__ends_on__isnull=True)
        .order_by()
        .values("class_memberships__school_class")
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
    done = Q(visits__state=HomeVisit.State.DONE)
    in_term = done & Q(visits__day__gte=term.starts_on if term else first)
    return classes.annotate(
        children=Coalesce(Subquery(members), 0),
        visited=Count("visits__student", filter=done & Q(visits__day__gte=first), distinct=True),
        in_term=Count("visits", filter=in_term, distinct=True),
        ahead=Count("visits", filter=Q(visits__state=HomeVisit.State.PLANNED), distinct=True),
    )


def children_with_visits(school_class: SchoolClass) -> Any:
    """The children of a class, each with the day of its `last` visit this school year and of the one `ahead`."""
    visits = HomeVisit.objects.filter(student=OuterRef("pk"), day__gte=year_begins())
    children = Student.objects.with_class(timezone.localdate()).filter(class_id=school_class.pk)
    return children.annotate(
        last=Subquery(visits.filter(state=HomeVisit.State.DONE).order_by("-day").values("day")[:1]),
        ahead=Subquery(visits.filter(state=HomeVisit.State.PLANNED).order_by("day").values("day")[:1]),
    )
