"""Whose credit is prepaid: of days that no locked month has charged yet. Any other credit is paid too much."""

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from enrollment.models import Enrolment, ServiceOption
from fees.models import Charge, ChargeMonth, TermFunding
from fees.months import last_of
from school.models import Student


def still_charged() -> Exists:
    """For a queryset of students: has a place with days of which a fee is still to be charged."""
    return Exists(_uncharged_places().filter(student=OuterRef("pk")))


def is_still_charged(student: Student) -> bool:
    return _uncharged_places().filter(student=student).exists()


def _uncharged_places() -> QuerySet[Enrolment]:
    once = ServiceOption.FeeMode.TERM
    rows = Enrolment.objects.filter(option__fee_amount__gt=0).exclude(
        option__term__in=TermFunding.objects.exclude(source=TermFunding.Source.FAMILIES).values("term")
    )
    charged = Charge.objects.filter(
        student=OuterRef("student"), option=OuterRef("option"), month__locked_at__isnull=False
    )
    left = Q()
    locked = ChargeMonth.objects.filter(locked_at__isnull=False).order_by()
    for term, first in locked.values_list("term").annotate(latest=Max("first")):
        after = Q(ends_on__isnull=True, option__ends_on__gt=last_of(first)) | Q(ends_on__gt=last_of(first))
        left &= ~Q(option__term=term) | after
    by_month = ~Q(option__fee_mode=once) & left
    return rows.filter(by_month | Q(~Exists(charged), option__fee_mode=once))
