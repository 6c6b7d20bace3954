"""Scheduled tasks of each morning."""

from celery import shared_task
from django.utils import timezone

from enrollment.services import end_departed


@shared_task
def close_departed() -> None:
    """Ends the participation of children who have left the school."""
    end_departed(day=timezone.localdate())
