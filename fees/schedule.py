"""When the month turns: kept by django-celery-beat in the database like every other schedule."""

from typing import Any

from django.conf import settings

BEGIN_MONTH = "fees.tasks.begin_month"


def load_schedule(**kwargs: Any) -> None:
    """Early on the first of each month; loading again leaves alone what the office changed."""
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    when, _made = CrontabSchedule.objects.get_or_create(
        minute="10",
        hour="5",
        day_of_week="*",
        day_of_month="1",
        month_of_year="*",
        timezone=settings.TIME_ZONE,
    )
    PeriodicTask.objects.get_or_create(name=BEGIN_MONTH, defaults={"task": BEGIN_MONTH, "crontab": when})
