"""Who takes part on a day: one rule for lists, pages and figures."""

import datetime as dt

from django.db.models import F, Q

from enrollment.models.offers import AFTER_SCHOOL
from school.models import Term
from school.models.dated import on_day


def goes_on(day: dt.date, regular_end: str, prefix: str = "") -> Q:
    """Rows that hold on `day`, or did so until the option itself ended (`regular_end` leads to it)."""
    begun = Q(**{f"{prefix}starts_on__lte": day})
    return on_day(day, prefix) | begun & Q(**{f"{prefix}ends_on__gte": F(f"{regular_end}__ends_on")})


def takes_part(term: Term, day: dt.date, prefix: str = "") -> Q:
    """Enrolments in the term's after-school care that hold on the day; `prefix` leads to them from another model.

    A child who changed its days has two rows and takes part by one of them on every day: the old row's last day counts.
    """
    offered = Q(**{f"{prefix}option__term": term, f"{prefix}option__service__in": AFTER_SCHOOL})
    return offered & goes_on(day, f"{prefix}option", prefix)
