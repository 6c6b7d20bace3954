"""The schedule of follow-ups for substitution requests, stored by django-celery-beat."""

from typing import Any

from django.conf import settings

FOLLOW_UP = "safety.tasks.follow_up_asks"


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule; loading again keeps what the office changed."""
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    when, _made = CrontabSchedule.objects.get_or_create(
        minute="*/5", hour="7-18", day_of_week="*", day_of_month="*", month_of_year="*", timezone=settings.TIME_ZONE
    )
    PeriodicTask.objects.get_or_create(name=FOLLOW_UP, defaults={"task": FOLLOW_UP, "crontab": when})
