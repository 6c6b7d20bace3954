"""The scheduled tasks, stored in the database by django-celery-beat."""

from typing import Any

OFFERS = "clubs.tasks.pass_on_offers"


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule (every minute); loading again keeps what the office changed."""
    from django_celery_beat.models import IntervalSchedule, PeriodicTask

    every, _made = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.MINUTES)
    PeriodicTask.objects.get_or_create(name=OFFERS, defaults={"task": OFFERS, "interval": every})
