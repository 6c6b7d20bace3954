"""What `homework` registers when the project is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from homework import defaults, menu, papers, rows, schedule, tasks_waiting
from homework.models import Rectification
from school import access, changes, commenting, inbox


def register(config: AppConfig) -> None:
    access.register_rows("homework.ClassSheet", rows.sheets_of)
    access.register_rows("homework.RecordSheet", rows.records_of)
    access.register_rows("homework.Coaching", rows.coaching_of)
    access.register_rows("homework.Rectification", rows.rectifications_of)
    inbox.register_tasks(tasks_waiting.waiting_for)
    commenting.register(Rectification, roles={"academic_office", "principal", *menu.TEACHERS})
    changes.follow(Rectification, Rectification)
    menu.register()
    papers.register()
    post_migrate.connect(load_defaults, sender=config)
    post_migrate.connect(schedule.load_schedule, sender=config)


def load_defaults(**kwargs: Any) -> None:
    """The steps, watch words and times for marking that a school begins with."""
    defaults.load()
