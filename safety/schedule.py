"""How often those who were asked to stand in are followed up: kept by django-celery-beat like every other schedule."""

from typing import Any

from django.conf import settings

FOLLOW_UP = "safety.tasks.follow_up_asks"


def load_schedule(**kwargs: Any) -> None:
    """What every office begins with; loading again leaves alone what the office changed."""
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    when, _made = CrontabSchedule.objects.get_or_create(
        minute="*/5", hour="7-18", day_of_week="*", day_of_month="*", month_of_year="*", timezone=settings.TIME_ZONE
    )
    PeriodicTask.objects.get_or_create(name=FOLLOW_UP, defaults={"task": FOLLOW_UP, "crontab": when})
