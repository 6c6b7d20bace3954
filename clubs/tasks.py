"""Scheduled tasks, and the task that solves a timetable."""

from celery import shared_task

from clubs.services import close_ended_memberships, end_waiting_of_past_terms, expire_offers
from clubs.services.timetable import make_timetable as make


@shared_task
def close_ended() -> None:
    """Frees the seats of children whose participation has ended; nobody waits for a club of a term that is over."""
    close_ended_memberships()
    end_waiting_of_past_terms()


@shared_task
def pass_on_offers() -> None:
    """Offers that nobody answered in time go to the next in line."""
    expire_offers()


@shared_task(acks_late=True)
def make_timetable(pk: int, made: int) -> None:
    make(pk=pk, made=made)
