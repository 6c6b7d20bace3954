"""Scheduled tasks of a month's beginning. Safe to run every morning."""

import datetime as dt

from celery import shared_task
from django.core.exceptions import ValidationError
from django.utils import timezone

from fees.models import ChargeMonth, Roster
from fees.months import last_of, month_of, previous_month
from fees.services import compare_roster, make_charges, make_roster
from school.models import Term


@shared_task
def begin_month() -> None:
    """The new month's roster, and the draft of the charges of the month that has just ended; what is made is left alone."""
    first = month_of(timezone.localdate())
    if Term.objects.filter(starts_on__lte=last_of(first), ends_on__gte=first).exists():
        make_roster(first=first, by=None)
    last_month = previous_month(first)
    if ChargeMonth.objects.filter(first=last_month, made_at__isnull=False).exists():
        return
    if roster := Roster.objects.filter(first=last_month).first():
        compare_roster(roster=roster)
        draft_charges.delay(last_month.isoformat())


@shared_task
def draft_charges(month: str) -> None:
    """`month` is its first day, ISO. A rule's refusal waits for the office on the page; a locked month stays."""
    first = dt.date.fromisoformat(month)
    if ChargeMonth.objects.filter(first=first, locked_at__isnull=False).exists():
        return
    try:
        make_charges(first=first, by=None)
    except ValidationError:
        return  # the page of the month says what is missing
