"""Scheduled tasks, and the task that solves a timetable."""

from celery import shared_task
from django.utils import timezone

from clubs.services import close_ended_memberships, end_waiting_of_past_terms, expire_offers
from clubs.services.handing_over import carry_out_hand_overs
from clubs.services.timetable import make_timetable as make


@shared_task
def close_ended() -> None:
    """The morning of the clubs: hand-overs of today, seats of children whose participation has ended, lines of past terms."""
    carry_out_hand_overs(timezone.localdate())
    close_ended_memberships()
    end_waiting_of_past_terms()


@shared_task
def pass_on_offers() -> None:
    """Offers that nobody answered in time go to the next in line."""
    expire_offers()


@shared_task(acks_late=True)
def make_timetable(pk: int, made: int) -> None:
    make(pk=pk, made=made)
