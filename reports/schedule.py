"""The schedules of reports, stored in the database by django-celery-beat, so that beat notices a change."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

SUMMARY = "reports.tasks.make_scheduled_summary"
REQUEUE = "reports.tasks.requeue_expired"
MORNING = ("enrollment.tasks.close_departed", "clubs.tasks.close_ended", "safety.tasks.plan_today")


@dataclass(frozen=True)
class Weekly:
    """The weekly summary: whether, on which weekday (1–7) and at what time it is made."""

    enabled: bool
    weekday: int
    time: dt.time


def load_schedule(**kwargs: Any) -> None:
    """Load the default schedule; loading again keeps what the office changed."""
    every, _made = IntervalSchedule.objects.get_or_create(every=30, period=IntervalSchedule.SECONDS)
    _add(REQUEUE, interval=every)
    for task in MORNING:
        _add(task, crontab=_crontab("*", dt.time(6, 30)))
    _add(SUMMARY, crontab=_crontab("1", dt.time(6, 0)), enabled=False)


def _add(task: str, **when: Any) -> None:
    PeriodicTask.objects.get_or_create(name=task, defaults={"task": task, **when})


def _crontab(weekday: str, time: dt.time) -> CrontabSchedule:
    """Cron's week begins with Sunday as 0."""
    row, _made = CrontabSchedule.objects.get_or_create(
        minute=str(time.minute),
        hour=str(time.hour),
        day_of_week=weekday,
        day_of_month="*",
        month_of_year="*",
        timezone=settings.TIME_ZONE,
    )
    return row


def weekly_summary() -> Weekly:
    task = PeriodicTask.objects.select_related("crontab").get(name=SUMMARY)
    when = task.crontab
    return Weekly(task.enabled, int(when.day_of_week) or 7, dt.time(int(when.hour), int(when.minute)))


@transaction.atomic
def set_weekly_summary(*, enabled: bool, weekday: int, time: dt.time) -> None:
    """The clock reads the change within seconds: the row's `save` tells it."""
    task = PeriodicTask.objects.select_for_update(of=["self"]).get(name=SUMMARY)
    task.crontab, task.enabled = _crontab(str(weekday % 7), time), enabled
    task.save()
