"""Scheduled tasks of each school morning."""

from celery import shared_task
from django.core.exceptions import ValidationError
from django.utils import timezone

from safety.services import plan_day
from safety.services.standing_in import follow_up


@shared_task
def plan_today() -> None:
    """The day's sessions. On a day without lessons S3 refuses, and there is nothing to plan."""
    try:
        plan_day(day=timezone.localdate())
    except ValidationError as refusal:
        if refusal.code != "S3":
            raise


@shared_task
def follow_up_asks() -> None:
    """Who was asked to stand in and has not answered in time is passed over; the next is asked."""
    follow_up(now=timezone.now())
