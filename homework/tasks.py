"""Scheduled tasks: the day's draw, the week's editions. Each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from homework.models import BoardEdition, HomeworkSettings
from homework.models.planning import monday_of
from homework.services.checking import draw_spot_check
from homework.services.editions import make_edition


@shared_task
def draw_today() -> None:
    draw_spot_check(day=timezone.localdate())


@shared_task
def print_monday() -> None:
    if HomeworkSettings.load().monday_edition:
        make_edition(kind=BoardEdition.Kind.MONDAY, week=monday_of(timezone.localdate()))


@shared_task
def print_friday() -> None:
    if HomeworkSettings.load().friday_edition:
        make_edition(kind=BoardEdition.Kind.FRIDAY, week=monday_of(timezone.localdate()))
