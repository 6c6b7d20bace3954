"""What `school` registers when the project is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from school import defaults, importing, inbox, menu, rows, searching
from school.importing.rooms import RoomImporter
from school.importing.staff import StaffImporter
from school.importing.students import StudentImporter
from school.reading import reading_tasks
from school.tasks_waiting import import_tasks, paper_tasks


def register(config: AppConfig) -> None:
    menu.register()
    searching.register()
    rows.register()
    for importer in (RoomImporter(), StaffImporter(), StudentImporter()):
        importing.register(importer)
    inbox.register_tasks(paper_tasks)
    inbox.register_tasks(import_tasks)
    inbox.register_tasks(reading_tasks)
    post_migrate.connect(load_defaults, sender=config)


def load_defaults(**kwargs: Any) -> None:
    """Load the roles, periods, subjects, special groups and policy rules of school.defaults."""
    defaults.load()
