"""The schedule of spot checks and editions, stored in the database by django-celery-beat."""

from typing import Any

from django.conf import settings

# task → (cron's weekday, hour, minute)
TASKS = {
    "homework.tasks.draw_today": ("*", "15", "0"),
    "homework.tasks.print_monday": ("1", "7", "0"),
    "homework.tasks.print_friday": ("5", "17", "45"),
}


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule; loading again keeps what the office changed."""
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    for task, (weekday, hour, minute) in TASKS.items():
        when, _made = CrontabSchedule.objects.get_or_create(
            minute=minute,
            hour=hour,
            day_of_week=weekday,
            day_of_month="*",
            month_of_year="*",
            timezone=settings.TIME_ZONE,
        )
        PeriodicTask.objects.get_or_create(name=task, defaults={"task": task, "crontab": when})
