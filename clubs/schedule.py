"""What runs by itself: kept by django-celery-beat in the database like every other schedule."""

from typing import Any

OFFERS = "clubs.tasks.pass_on_offers"


def load_schedule(**kwargs: Any) -> None:
    """Every minute; loading again leaves alone what the office changed."""
    from django_celery_beat.models import IntervalSchedule, PeriodicTask

    every, _made = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.MINUTES)
    PeriodicTask.objects.get_or_create(name=OFFERS, defaults={"task": OFFERS, "interval": every})
