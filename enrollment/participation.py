"""Who takes part: one rule for pages and figures."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, QuerySet

from enrollment.models import Enrolment
from enrollment.models.offers import AFTER_SCHOOL
from school.models import Term
from school.models.dated import goes_on_after


def goes_on(rows: QuerySet[Any], day: dt.date, regular_end: str, prefix: str = "") -> Q:
    """Rows that go on after `day`, or ended with the option itself (`regular_end` leads to it): that was not early."""
    begun = Q(**{f"{prefix}starts_on__lte": day})
    return goes_on_after(rows, day, prefix) | begun & Q(**{f"{prefix}ends_on__gte": F(f"{regular_end}__ends_on")})


def takes_part(term: Term, day: dt.date, prefix: str = "") -> Q:
    """Enrolments in the term's after-school care that go on after the day; `prefix` leads to them from another model.

    A child who changes its days has two rows, one after the other, and goes on.
    """
    offered = Q(**{f"{prefix}option__term": term, f"{prefix}option__service__in": AFTER_SCHOOL})
    return offered & goes_on(Enrolment.objects.after_school(), day, f"{prefix}option", prefix)
