from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeworkConfig(AppConfig):
    name = "homework"
    verbose_name = _("Homework")

    def ready(self) -> None:
        from homework import menu, rows, schedule
        from school import access

        access.register_rows("homework.ClassSheet", rows.sheets_of)
        access.register_rows("homework.RecordSheet", rows.records_of)
        access.register_rows("homework.Coaching", rows.coaching_of)
        access.register_rows("homework.Rectification", rows.rectifications_of)
        menu.register()
        post_migrate.connect(load_defaults, sender=self)
        post_migrate.connect(schedule.load_schedule, sender=self)


def load_defaults(**kwargs: Any) -> None:
    """The steps, watch words and times for marking that a school begins with."""
    from homework import defaults

    defaults.load()
