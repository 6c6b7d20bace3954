"""Month arithmetic for fees."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from school.models import Term


def month_of(day: dt.date) -> dt.date:
    """The first day of a day's month."""
    return day.replace(day=1)


def next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=32)).replace(day=1)


def previous_month(first: dt.date) -> dt.date:
    return (first - dt.timedelta(days=1)).replace(day=1)


def last_of(first: dt.date) -> dt.date:
    return next_month(first) - dt.timedelta(days=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the month's last where it has no such day."""
    first = day.replace(day=1)
    for _step in range(months):
        first = next_month(first)
    return first.replace(day=min(day.day, last_of(first).day))


def term_of(first: dt.date) -> Term:
    """The term that a month belongs to. Raises ValidationError between terms."""
    term = Term.objects.filter(starts_on__lte=last_of(first), ends_on__gte=first).order_by("-starts_on").first()
    if term is None:
        raise ValidationError(_("No term has days in %(month)s.") % {"month": f"{first:%Y-%m}"})
    return term


def months_of(term: Term, until: dt.date) -> list[dt.date]:
    """The months of a term that have begun by `until`, latest first."""
    first, found = month_of(term.starts_on), []
    while first <= min(term.ends_on, until):
        found.append(first)
        first = next_month(first)
    return found[::-1]
