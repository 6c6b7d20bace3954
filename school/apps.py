from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = _("School")

    def ready(self) -> None:
        from school import importing, menu, notices, rows
        from school.importing.rooms import RoomImporter
        from school.importing.staff import StaffImporter
        from school.importing.students import StudentImporter
        from school.papers import paper_tasks

        menu.register()
        rows.register()
        for importer in (RoomImporter(), StaffImporter(), StudentImporter()):
            importing.register(importer)
        notices.register_tasks(paper_tasks)
        post_migrate.connect(load_defaults, sender=self)


def load_defaults(**kwargs: Any) -> None:
    """Every office begins with the roles, periods, subjects, special groups and policy rules of school.defaults."""
    from school import defaults

    defaults.load()
