from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from school import notices
        from surveys import menu, notice
        from surveys.services import waiting_for

        menu.register()
        notices.register_notice("survey", _("Survey"), notice.load, current=notice.current)
        notices.register_tasks(waiting_for)
