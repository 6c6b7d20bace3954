"""What `reports` registers when the project is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from clubs.services.rehearsing import register_wishes
from reports import (
    menu,
    papers,
    schedule,
    tasks,  # noqa: F401 - sent by name
    tasks_waiting,
)
from reports.wishes import wishes_of_survey
from school import inbox


def register(config: AppConfig) -> None:
    register_wishes("survey", _("the wishes of the survey"), wishes_of_survey)
    inbox.register_tasks(tasks_waiting.waiting_for)
    menu.register()
    papers.register()
    post_migrate.connect(schedule.load_schedule, sender=config)
