"""What `school` registers when the project is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from school import defaults, importing, menu, notices, rows
from school.importing.rooms import RoomImporter
from school.importing.staff import StaffImporter
from school.importing.students import StudentImporter
from school.papers import paper_tasks
from school.reading import reading_tasks


def register(config: AppConfig) -> None:
    menu.register()
    rows.register()
    for importer in (RoomImporter(), StaffImporter(), StudentImporter()):
        importing.register(importer)
    notices.register_tasks(paper_tasks)
    notices.register_tasks(reading_tasks)
    post_migrate.connect(load_defaults, sender=config)


def load_defaults(**kwargs: Any) -> None:
    """Load the roles, periods, subjects, special groups and policy rules of school.defaults."""
    defaults.load()
