"""October 2026 with four days of service, all children in one group since September, and helpers that price and attend."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from enrollment.models import CareGroupMember, Enrolment, ServiceOption
from fees.services import (
    compare_roster,
    draft_notice,
    leave_out_days,
    lock_month,
    make_charges,
    open_days,
    plan_charges,
    publish_notice,
    settle_differences,
)
from safety.services import call_roll, plan_day
from school.models import SchoolDay
from tests.conftest import TERM_START, session_of

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
DAYS = [dt.date(2026, 10, day) for day in (12, 13, 14, 15)]


@pytest.fixture
def october(afternoon):
    SchoolDay.objects.filter(day__lt=NOVEMBER).exclude(day__in=DAYS).update(kind="holiday", follows_weekday=None)
    Enrolment.objects.update(starts_on=TERM_START)
    CareGroupMember.objects.update(starts_on=TERM_START)
    afternoon.enrolment = afternoon.child.enrolments.get()
    return afternoon


def price(cast, mode="day", amount="3.00", half=False, publish=True, **notice_fields):
    ServiceOption.objects.filter(pk=cast.option.pk).update(
        fee_mode=mode, fee_amount=Decimal(amount), half_under_half=half
    )
    cast.option.refresh_from_db()
    notice = draft_notice(option=cast.option)
    notice.document_number = "区发改〔2026〕8号"
    for name, value in notice_fields.items():
        setattr(notice, name, value)
    return publish_notice(notice=notice, by=cast.office.user) if publish else notice


def attend(cast, marks, days=DAYS, periods=("first",)):
    """{student: "present" …} on each of the days, in the group's session of each period."""
    for day in days:
        plan_day(day=day)
        for name in periods:
            session = session_of(cast.group, getattr(cast, name), day)
            at = timezone.make_aware(dt.datetime.combine(day, dt.time(16, 0)))
            call_roll(
                session=session, marks={s.pk: status for s, status in marks.items()}, by=session.staff.user, at=at
            )


def charge(cast, first=OCTOBER, lock=True):
    """Makes the month, days without a roll call left out, and locks it with its differences explained."""
    leave_out_days(days=list(open_days(plan_charges(first), first)), reason="停课", by=cast.office.user)
    month = make_charges(first=first, by=cast.office.user)
    if lock:
        compare_roster(roster=month.roster)
        settle_differences(
            differences=list(month.roster.differences.filter(settled_at=None)),
            settlement="explained",
            note="已核对",
            by=cast.office.user,
        )
        lock_month(month=month, by=cast.office.user)
        month.refresh_from_db()
    return month


__all__ = ["DAYS", "NOVEMBER", "OCTOBER", "attend", "charge", "price"]
