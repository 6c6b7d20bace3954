from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EnrollmentConfig(AppConfig):
    name = "enrollment"
    verbose_name = _("Enrolment")

    def ready(self) -> None:
        from enrollment import menu, rows
        from school import access

        access.register_rows("enrollment.Application", rows.by_student)
        access.register_rows("enrollment.Enrolment", rows.by_student)
        access.register_roles(rows.duty_roles)
        access.register_busy(rows.busy_on_duty)
        access.register_holdings(rows.duties_after)
        menu.register()
        post_migrate.connect(load_defaults, sender=self)


def load_defaults(**kwargs: Any) -> None:
    """The agreement texts a school begins with, as drafts to read, change and publish."""
    from enrollment import defaults

    defaults.load()
