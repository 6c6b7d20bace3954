"""What happens by itself each school morning."""

from celery import shared_task
from django.core.exceptions import ValidationError
from django.utils import timezone

from safety.services import plan_day


@shared_task
def plan_today() -> None:
    """The day's sessions. On a day without lessons S3 refuses, and there is nothing to plan."""
    try:
        plan_day(day=timezone.localdate())
    except ValidationError as refusal:
        if refusal.code != "S3":
            raise
