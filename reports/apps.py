from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from clubs.services.rehearsing import register_wishes
        from reports import menu, schedule
        from reports.wishes import wishes_of_survey

        register_wishes("survey", _("the wishes of the survey"), wishes_of_survey)
        menu.register()
        post_migrate.connect(schedule.load_schedule, sender=self)
