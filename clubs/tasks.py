"""Scheduled tasks, and the task that solves a timetable."""

from celery import shared_task
from django.utils import timezone

from clubs.services import expire_offers
from clubs.services.mornings import begin_day
from clubs.services.timetable import make_timetable as make


@shared_task
def close_ended() -> None:
    """The morning of the clubs."""
    begin_day(timezone.localdate())


@shared_task
def pass_on_offers() -> None:
    """Offers that nobody answered in time go to the next in line."""
    expire_offers()


@shared_task(acks_late=True)
def make_timetable(pk: int, made: int) -> None:
    make(pk=pk, made=made)
