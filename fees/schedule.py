"""The schedule of the month's start, stored in the database by django-celery-beat."""

from typing import Any

from django.conf import settings

BEGIN_MONTH = "fees.tasks.begin_month"


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule (early on the first of each month); loading again keeps what the office changed."""
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
