"""The schedule of the month's start, stored in the database by django-celery-beat."""

from typing import Any

from django.conf import settings

BEGIN_MONTH = "fees.tasks.begin_month"


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule (early each morning); loading again keeps what the office changed.

    Every morning looks whether the month has begun: where the machine was off on the first, the second makes up for it.
    """
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    early = {"minute": "10", "hour": "5", "day_of_week": "*", "month_of_year": "*", "timezone": settings.TIME_ZONE}
    when, _made = CrontabSchedule.objects.get_or_create(day_of_month="*", **early)
    PeriodicTask.objects.get_or_create(name=BEGIN_MONTH, defaults={"task": BEGIN_MONTH, "crontab": when})
    # The default of before, which ran on the first only.
    once_a_month = CrontabSchedule.objects.filter(day_of_month="1", **early)
    PeriodicTask.objects.filter(name=BEGIN_MONTH, crontab__in=once_a_month).update(crontab=when)
