"""The scheduled task of papers, stored in the database by django-celery-beat."""

from typing import Any

TEND = "school.tasks.tend_printouts"


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule (every minute); loading again keeps what the office changed."""
    from django_celery_beat.models import IntervalSchedule, PeriodicTask  # models are not there before

    every, _made = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.MINUTES)
    PeriodicTask.objects.get_or_create(name=TEND, defaults={"task": TEND, "interval": every})
